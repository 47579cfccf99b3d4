package dev.stentor.cluster;

/** Statistics that a test reads. Confined to the test's thread. */
public final class CountedStats implements ClusterStats {

    public boolean connected;
    public int appended;
    public int notStored;
    public int fenced;
    public int filled;
    public int lost;

    @Override
    public void connected(boolean isConnected) {
        connected = isConnected;
    }

    @Override
    public void appended(int entries, long delayMicros) {
        appended += entries;
    }

    @Override
    public void notStored() {
        notStored++;
    }

    @Override
    public void fenced() {
        fenced++;
    }

    @Override
    public void filled(int entries) {
        filled += entries;
    }

    @Override
    public void lostHistory() {
        lost++;
    }
}
