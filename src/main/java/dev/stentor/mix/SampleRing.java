package dev.stentor.mix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Samples on their way from one thread that writes to one that reads. */
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

    /** Takes what there is room for. On the writer's thread. */
    int write(float[] from, int at, int count) {
        long head = written();
        int taken = Math.min(count, free());
        for (int i = 0; i < taken; i++) {
            samples[(int) (head + i) & mask] = from[at + i];
        }
        WRITTEN.setRelease(this, head + taken);
        return taken;
    }

    /** Gives what there is. On the reader's thread, as all below. */
    int read(float[] to, int at, int count) {
        int given = peek(to, at, count);
        skip(given);
        return given;
    }

    /** Gives what there is, and keeps it. */
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

    /** Makes the next samples begin as those that would have been read, and become what they are, in a straight line. */
    void blendBefore(float[] former) {
        long tail = read();
        for (int i = 0; i < former.length; i++) {
            int at = (int) (tail + i) & mask;
            float share = (i + 1f) / former.length;
            samples[at] = former[i] * (1 - share) + samples[at] * share;
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
