package dev.stentor.mix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A ring buffer of samples between one thread that writes and one that reads, without locks. */
final class SampleRing {

    private static final VarHandle WRITTEN = handle("written");
    private static final VarHandle READ = handle("read");

    private final float[] samples;
    private final int mask;
    private final int capacity;

    @SuppressWarnings("unused") // by its handle
    private long written;

    @SuppressWarnings("unused") // by its handle
    private long read;

    SampleRing(int capacity) {
        this.capacity = capacity;
        this.samples = new float[Integer.highestOneBit(Math.max(1, capacity - 1)) << 1];
        this.mask = samples.length - 1;
    }

    int capacity() {
        return capacity;
    }

    int available() {
        return (int) (written() - read());
    }

    int free() {
        return capacity - available();
    }

    /** Writes as many samples as there is room for, and returns their number. On the writer's thread. */
    int write(float[] from, int at, int count) {
        long head = written();
        int taken = Math.min(count, free());
        for (int i = 0; i < taken; i++) {
            samples[(int) (head + i) & mask] = from[at + i];
        }
        WRITTEN.setRelease(this, head + taken);
        return taken;
    }

    /** Reads as many samples as there are, and returns their number. On the reader's thread, as all methods below. */
    int read(float[] to, int at, int count) {
        int given = peek(to, at, count);
        skip(given);
        return given;
    }

    /** Reads as {@link #read} does, but leaves the samples in the ring. */
    int peek(float[] to, int at, int count) {
        long tail = read();
        int given = Math.min(count, available());
        for (int i = 0; i < given; i++) {
            to[at + i] = samples[(int) (tail + i) & mask];
        }
        return given;
    }

    void skip(int count) {
        READ.setRelease(this, read() + count);
    }

    /** Cross-fades linearly from the skipped samples to the next ones. */
    void blendBefore(float[] skipped) {
        long tail = read();
        for (int i = 0; i < skipped.length; i++) {
            int at = (int) (tail + i) & mask;
            float share = (i + 1f) / skipped.length;
            samples[at] = skipped[i] * (1 - share) + samples[at] * share;
        }
    }

    private long written() {
        return (long) WRITTEN.getAcquire(this);
    }

    private long read() {
        return (long) READ.getAcquire(this);
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(SampleRing.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
