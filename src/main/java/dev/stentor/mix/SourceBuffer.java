package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.util.Arrays;

/**
 * An input for samples that arrive at any time. One thread writes, the clock's thread reads; no locks. It sounds once
 * {@link Bounds#startMillis} are there. When it runs dry, it fades out within 5 ms, and gathers as much again before it fades in:
 * so one late packet makes one hole, not many. If too much waits, a live source skips samples, with a cross-fade; another never
 * loses a sample. Counts shortages and skipped samples. Allocates nothing after construction.
 */
public final class SourceBuffer implements Input {

    private final SampleRing ring;
    private final Bounds bounds;
    private final Runnable wanted;
    private final float[] fading = new float[Fader.SHORTEST];
    private volatile boolean ended;
    private volatile long shortages;
    private volatile long skippedSamples;
    private volatile boolean buffering = true;
    /** The samples that were read last, newest at the end: a fade-out is made of them. */
    private final float[] tail = new float[Fader.SHORTEST];

    /**
     * The bounds of a buffer.
     *
     * @param capacityMillis least size of the buffer; 100 to 10,000
     * @param startMillis sound that is gathered before it plays; at most half of the capacity
     * @param maxMillis if more waits, samples are skipped until {@code startMillis} are left; 0 if no sample may be lost
     */
    public record Bounds(int capacityMillis, int startMillis, int maxMillis) {

        /** The bounds of a live source: a second of room, starts at 60 ms, skips when it is 600 ms late. */
        static final Bounds LIVE = new Bounds(1_000, 60, 600);

        /** The bounds of a source that can wait: a second of room, starts at 60 ms, loses nothing. */
        public static final Bounds PATIENT = new Bounds(1_000, 60, 0);

        public Bounds {
            if (capacityMillis < 100 || capacityMillis > 10_000) {
                throw new IllegalArgumentException("capacityMillis must be 100 to 10000, was " + capacityMillis);
            }
            if (startMillis < 20 || startMillis > capacityMillis / 2) {
                throw new IllegalArgumentException(
                        "startMillis must be 20 to half of the capacity, was " + startMillis);
            }
            if (maxMillis != 0 && (maxMillis < startMillis + 40 || maxMillis > capacityMillis)) {
                throw new IllegalArgumentException(
                        "maxMillis must be 0, or over startMillis by 40 at least and within the capacity, was "
                                + maxMillis);
            }
        }
    }

    /**
     * Creates an empty buffer.
     *
     * @param wanted called on the clock's thread after each frame that leaves at least half of the buffer free: the writer may go
     *     on. Must not block
     */
    public SourceBuffer(Bounds bounds, Runnable wanted) {
        this.bounds = bounds;
        this.wanted = wanted;
        this.ring = new SampleRing(bounds.capacityMillis() * SpeechTime.SAMPLES_PER_MILLI);
    }

    /** Returns how many samples there is room for. On the writer's thread. */
    int free() {
        return ring.free();
    }

    /**
     * Writes as many samples as there is room for, and returns their number. On the writer's thread.
     *
     * @return fewer than {@code count} if the buffer is full: the rest may be written once {@code wanted} is called
     */
    public int write(float[] samples, int from, int count) {
        return ring.write(samples, from, count);
    }

    /** Ends the sound: the samples that are there are played, and none follow. On the writer's thread. */
    public void end() {
        ended = true;
    }

    @Override
    public Given read(float[] frame) {
        boolean last = ended; // read before the count: so all samples written before the end are seen
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
        return available >= bounds.startMillis() * SpeechTime.SAMPLES_PER_MILLI || (last && available > 0);
    }

    private Given silent(float[] frame, boolean last) {
        Arrays.fill(frame, 0);
        return last && ring.available() == 0 ? Given.END : Given.SILENCE;
    }

    private Given play(float[] frame, boolean last) {
        boolean fadesIn = buffering;
        buffering = false;
        skipExcess(frame.length);
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
            shortages = before + 1; // only this thread writes it
        }
        buffering = true;
        mirror(frame, count);
        return last ? Given.END : Given.SOUND;
    }

    /** Appends the latest sound played backwards and fading to silence: it begins at the value where the sound ended. */
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

    private void skipExcess(int frameSamples) {
        int available = ring.available();
        if (bounds.maxMillis() == 0 || available <= bounds.maxMillis() * SpeechTime.SAMPLES_PER_MILLI) {
            return;
        }
        int left = Math.max(bounds.startMillis() * SpeechTime.SAMPLES_PER_MILLI, frameSamples);
        int jump = available - left;
        var _ = ring.peek(fading, 0, fading.length);
        ring.skip(jump);
        ring.blendBefore(fading);
        long before = skippedSamples;
        skippedSamples = before + jump; // only this thread writes it
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
