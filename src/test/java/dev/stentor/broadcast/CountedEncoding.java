package dev.stentor.broadcast;

/** The figures that were told of the encoding. */
final class CountedEncoding implements EncodingStats {
    int waiting;
    int encoded;
    int late;
    int failed;

    @Override
    public void waiting(int change) {
        waiting += change;
    }

    @Override
    public void encoded(int frames, long micros) {
        encoded += frames;
    }

    @Override
    public void late(int frames) {
        late += frames;
    }

    @Override
    public void failed() {
        failed++;
    }
}
