package dev.stentor.mix;

import java.util.Arrays;

/**
 * A source whose samples arrive whenever they like. One thread writes, the clock's thread reads; no locks. It sounds once
 * {@link Bounds#startMillis} are there. When it runs dry, what is there fades out within 5 ms, and it gathers as much again before it fades in:
 * so one late packet makes one hole, not many. If too much waits, a live source jumps, with a cross-fade; another never loses a
 * sample. All of it is counted. Allocates nothing after construction.
 */
public final class SourceBuffer implements Input {

    private static final int SAMPLES_PER_MILLI = 24;

    private final SampleRing ring;
    private final Bounds bounds;
    private final Runnable wanted;
    private final float[] fading = new float[Fader.SHORTEST];
    private volatile boolean ended;
    private volatile long shortages;
    private volatile long skippedSamples;
    private volatile boolean buffering = true;
    /** What left last, newest at the end: where a fade out is made of. */
    private final float[] tail = new float[Fader.SHORTEST];

    /**
     * How much waits.
     *
     * @param capacityMillis room for so much, at least; 100 to 10,000
     * @param startMillis gathered before it sounds; at most half of the capacity
     * @param mostMillis when more waits, it jumps to {@code startMillis}; 0 if no sample may be lost
     */
    public record Bounds(int capacityMillis, int startMillis, int mostMillis) {

        /** A live source: a second of room, starts at 60 ms, jumps when it is 600 ms late. */
        public static final Bounds LIVE = new Bounds(1_000, 60, 600);

        /** A source that waits for us: a second of room, starts at 60 ms, loses nothing. */
        public static final Bounds PATIENT = new Bounds(1_000, 60, 0);

        public Bounds {
            if (capacityMillis < 100 || capacityMillis > 10_000) {
                throw new IllegalArgumentException("capacityMillis must be 100 to 10000, was " + capacityMillis);
            }
            if (startMillis < 20 || startMillis > capacityMillis / 2) {
                throw new IllegalArgumentException(
                        "startMillis must be 20 to half of the capacity, was " + startMillis);
            }
            if (mostMillis != 0 && (mostMillis < startMillis + 40 || mostMillis > capacityMillis)) {
                throw new IllegalArgumentException(
                        "mostMillis must be 0, or over startMillis by 40 at least and within the capacity, was "
                                + mostMillis);
            }
        }
    }

    /**
     * Empty.
     *
     * @param wanted called on the clock's thread after each frame that leaves half of the room free or more: the writer may go on; must
     *     not block
     */
    public SourceBuffer(Bounds bounds, Runnable wanted) {
        this.bounds = bounds;
        this.wanted = wanted;
        this.ring = new SampleRing(bounds.capacityMillis() * SAMPLES_PER_MILLI);
    }

    /** How many samples there is room for. On the writer's thread. */
    public int free() {
        return ring.free();
    }

    /**
     * Takes as many samples as there is room for, and says how many. On the writer's thread.
     *
     * @return fewer than {@code count} if it is full: the rest may be written once {@code wanted} is called
     */
    public int write(float[] samples, int from, int count) {
        return ring.write(samples, from, count);
    }

    /** Nothing will follow: what is there is played to its end. On the writer's thread. */
    public void end() {
        ended = true;
    }

    @Override
    public Given read(float[] frame) {
        boolean last = ended; // before the count: what was written before the end is seen
        Given given = buffering && !gathered(last) ? silent(frame, last) : play(frame, last);
        askForMore();
        return given;
    }

    @Override
    public Counters counters() {
        return new Counters(shortages, skippedSamples, ring.available(), buffering);
    }

    private boolean gathered(boolean last) {
        int available = ring.available();
        return available >= bounds.startMillis() * SAMPLES_PER_MILLI || (last && available > 0);
    }

    private Given silent(float[] frame, boolean last) {
        Arrays.fill(frame, 0);
        return last && ring.available() == 0 ? Given.END : Given.SILENCE;
    }

    private Given play(float[] frame, boolean last) {
        boolean fadesIn = buffering;
        buffering = false;
        skipWhatIsTooMuch(frame.length);
        int count = ring.read(frame, 0, frame.length);
        if (fadesIn) {
            fadeIn(frame, Math.min(count, Fader.SHORTEST));
        }
        if (count == frame.length) {
            System.arraycopy(frame, count - tail.length, tail, 0, tail.length);
            return Given.SOUND;
        }
        if (!last) {
            long before = shortages;
            shortages = before + 1; // one thread writes it
        }
        buffering = true;
        mirror(frame, count);
        return last ? Given.END : Given.SOUND;
    }

    /** The sound that left last, backwards, falling to silence: it begins where the other ended. */
    private void mirror(float[] frame, int at) {
        int own = Math.min(at, tail.length);
        if (own > 0) {
            System.arraycopy(tail, own, tail, 0, tail.length - own);
            System.arraycopy(frame, at - own, tail, tail.length - own, own);
        }
        int fade = Math.min(tail.length, frame.length - at);
        for (int i = 0; i < fade; i++) {
            frame[at + i] = tail[tail.length - 1 - i] * (fade - 1 - i) / fade;
        }
        Arrays.fill(frame, at + fade, frame.length, 0);
        Arrays.fill(tail, 0);
    }

    private void skipWhatIsTooMuch(int frameSamples) {
        int available = ring.available();
        if (bounds.mostMillis() == 0 || available <= bounds.mostMillis() * SAMPLES_PER_MILLI) {
            return;
        }
        int left = Math.max(bounds.startMillis() * SAMPLES_PER_MILLI, frameSamples);
        int jump = available - left;
        var _ = ring.peek(fading, 0, fading.length);
        ring.skip(jump);
        ring.blendBefore(fading);
        long before = skippedSamples;
        skippedSamples = before + jump; // one thread writes it
    }

    private void askForMore() {
        if (!ended && ring.free() >= ring.capacity() / 2) {
            wanted.run();
        }
    }

    private static void fadeIn(float[] frame, int count) {
        for (int i = 0; i < count; i++) {
            frame[i] *= (i + 1f) / count;
        }
    }
}
