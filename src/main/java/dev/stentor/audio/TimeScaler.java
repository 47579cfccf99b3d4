package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A converter of {@linkplain PcmFormat#SPEECH speech} to another speed at the same pitch, by waveform-similarity overlap-add (WSOLA).
 *
 * <p>Each 15 ms of output cross-fade from what follows the last piece of input to the piece at the wanted place, or up to 12.5 ms beside
 * it, where the two waves are most alike. The first and the last samples of the input are those of the output.
 *
 * <p>The output of n samples has {@link #scaled scaled(n)} samples, exactly. Input sample p is heard at {@code scaled(p)}, to 24 ms of
 * input or 15 ms of output, whichever lasts longer. Sound is held back until it is certain, which takes 58 ms of input or 30 ms of output, whichever is more. Buffers of any
 * size give the same samples as the whole. Speed 1 passes everything unchanged. Allocates nothing but the output. Confined to one stream.
 */
public final class TimeScaler {

    /** The slowest speed, a quarter of the input's own. */
    static final double SLOWEST = 0.25;

    /** The fastest speed, four times the input's own. */
    static final double FASTEST = 4;

    private static final int BYTES_PER_SAMPLE = Short.BYTES;

    /** Samples of output that one step makes: 15 ms. */
    private static final int HOP = 15 * SpeechTime.SAMPLES_PER_MILLI;

    /** Samples of input behind a piece that must be there, so that it never ends in the middle of a step. */
    private static final int BEHIND = 3 * HOP;

    /** Most samples of input that a step reads before its place, and waits for behind it: 100 and 120 ms at the fastest speed. */
    private static final int WINDOW = (int) (3 * FASTEST * HOP) + BEHIND;

    /** Room for the window, and for a piece of new input. */
    private static final int ROOM = WINDOW + 4_096;

    private static final float[] FADE_IN = fadeIn(HOP);

    private final double speed;
    private final WaveMatch match = new WaveMatch(HOP);
    /** Input from sample {@code first} on. */
    private final short[] held = new short[ROOM];

    private int heldCount;
    private long first;
    /** Number of samples that came. */
    private long received;
    /** Number of steps that were made. */
    private long steps;
    /** Place in the input that follows the last piece. */
    private long next;

    /**
     * Creates a scaler for one stream.
     *
     * @param speed how many times faster than the input, {@link #SLOWEST} to {@link #FASTEST}
     */
    public TimeScaler(double speed) {
        if (!isSpeed(speed)) {
            throw new IllegalArgumentException("speed must be 0.25 to 4, was " + speed);
        }
        this.speed = speed;
    }

    /** Tells whether there is such a speed. */
    static boolean isSpeed(double speed) {
        return speed >= SLOWEST && speed <= FASTEST;
    }

    /** Returns how many samples so many become, and where a sample of the input is in the output: n / speed, rounded to nearest. */
    public static long scaled(long samples, double speed) {
        return Math.round(samples / speed);
    }

    /**
     * Takes the next samples, and returns the output that is certain now, read-only and on the heap; empty if there is none yet.
     *
     * @param samples little-endian, whole samples. Its position is not moved; at speed 1 the result shares its memory
     */
    public ByteBuffer scale(ByteBuffer samples) {
        if (speed == 1) {
            return samples.slice().asReadOnlyBuffer();
        }
        ByteBuffer in = samples.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long total = received + in.remaining() / BYTES_PER_SAMPLE;
        ByteBuffer out = output((certainSteps(total) - steps) * HOP);
        while (in.remaining() >= BYTES_PER_SAMPLE) {
            take(in);
            for (long certain = certainSteps(received); steps < certain; ) {
                step(out, Long.MAX_VALUE);
            }
            forget();
        }
        return out.flip().asReadOnlyBuffer();
    }

    /** Ends the stream, and returns the rest of the output, read-only; empty if there is none. */
    public ByteBuffer finish() {
        long total = speed == 1 ? 0 : scaled(received, speed);
        long rest = total - steps * HOP;
        ByteBuffer out = output(Math.max(0, rest));
        for (; rest >= 2L * HOP; rest -= HOP) {
            step(out, received);
        }
        if (rest > 0) {
            end(out, (int) rest);
        }
        return out.flip().asReadOnlyBuffer();
    }

    /** Returns how many steps are the same, whatever comes after so much input: the last 30 ms of output depend on its end. */
    private long certainSteps(long total) {
        if (total < WaveMatch.REACH + BEHIND) {
            return steps;
        }
        long byOutput = scaled(total, speed) / HOP - 1;
        // A step searches up to wanted() + REACH, and wants BEHIND behind that.
        double byInput = Math.floor((total - WaveMatch.REACH - BEHIND - 1 + HOP) / (speed * HOP));
        return Math.max(steps, Math.min(byOutput, (long) byInput));
    }

    /** Returns the place of the next step's piece, whose middle belongs in the middle of its output. */
    private long wanted() {
        return Math.max(0, Math.round((steps + 1) * HOP * speed) - HOP);
    }

    private void take(ByteBuffer in) {
        int count = Math.min(in.remaining() / BYTES_PER_SAMPLE, held.length - heldCount);
        for (int i = 0; i < count; i++) {
            held[heldCount + i] = in.getShort();
        }
        heldCount += count;
        received += count;
    }

    /** Makes one step of output. Near the end, pieces are chosen so that what follows them is there. */
    private void step(ByteBuffer out, long end) {
        long wanted = wanted();
        if (steps == 0) {
            for (int i = 0; i < HOP; i++) {
                out.putShort((short) sample(i));
            }
            next = HOP;
        } else {
            long most = Math.clamp(end - BEHIND, 0, wanted + WaveMatch.REACH);
            long least = Math.clamp(wanted - WaveMatch.REACH, 0, most);
            long centre = Math.clamp(wanted, least, most);
            int offset = match.best(held, index(next), index(centre), (int) (least - centre), (int) (most - centre));
            fade(out, next, centre + offset, HOP, FADE_IN);
            next = centre + offset + HOP;
        }
        steps++;
    }

    /** Makes the last output, which ends with the last sample of the input. */
    private void end(ByteBuffer out, int count) {
        fade(out, next, received - count, count, fadeIn(count));
    }

    private void fade(ByteBuffer out, long from, long to, int count, float[] gains) {
        for (int i = 0; i < count; i++) {
            int old = sample(from + i);
            out.putShort((short) Math.round(old + gains[i] * (sample(to + i) - old)));
        }
    }

    /** Returns a sample of the input; silence where there is none. */
    private int sample(long position) {
        long index = position - first;
        return index < 0 || index >= heldCount ? 0 : held[(int) index];
    }

    private int index(long position) {
        return (int) (position - first);
    }

    /** Drops the input that no later step reads. */
    private void forget() {
        int gone = Math.clamp(Math.min(next, wanted() - WaveMatch.REACH) - BEHIND - first, 0, heldCount);
        System.arraycopy(held, gone, held, 0, heldCount - gone);
        heldCount -= gone;
        first += gone;
    }

    private static ByteBuffer output(long samples) {
        return ByteBuffer.allocate(Math.toIntExact(samples * BYTES_PER_SAMPLE)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the gains of the sound that comes in: a raised cosine; those of the sound that goes out are 1 minus these. */
    private static float[] fadeIn(int count) {
        var gains = new float[count];
        for (int i = 0; i < count; i++) {
            gains[i] = (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / count));
        }
        return gains;
    }
}
