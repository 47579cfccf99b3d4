package dev.stentor.relay;

import dev.stentor.cluster.ClusterStats;

/** Counts nothing. */
final class SilentStats implements ClusterStats {

    @Override
    public void connected(boolean isConnected) {}

    @Override
    public void appended(int entries, long delayMicros) {}

    @Override
    public void notStored() {}

    @Override
    public void fenced() {}

    @Override
    public void filled(int entries) {}

    @Override
    public void lostHistory() {}
}
