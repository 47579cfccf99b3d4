package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A converter of a stream of 16-bit samples to mono at another rate, with a {@link Resampler}.
 *
 * <p>Two channels become their mean. Rounds to nearest; samples over full scale are clamped. Mono at the right rate passes
 * unchanged. Buffers of any size give the same samples as the whole. Confined to one stream.
 */
public final class PcmResampler {

    private static final int BYTES_PER_SAMPLE = 2;
    private static final float FULL_SCALE = 32_768;

    private final int channels;
    private final boolean passThrough;
    private final Resampler resampler;
    /** Scratch memory, as is {@code out}; both grow to the size of the largest buffer that came. */
    private float[] in = new float[0];

    private float[] out = new float[0];
    /** Sum of the channels of the frame that has begun. */
    private float sum;
    /** Number of channels of that frame that have come. */
    private int begun;

    /**
     * Creates a converter for one stream.
     *
     * @param format format of the input: one or two channels, 16 bits, one of {@link Resampler#RATES_HZ}
     * @param outHz sample rate of the output, one of the same
     * @throws IllegalArgumentException if the format or the rate is another
     */
    public PcmResampler(PcmFormat format, int outHz) {
        if (format.bitsPerSample() != Short.SIZE) {
            throw new IllegalArgumentException("bitsPerSample must be 16, was " + format.bitsPerSample());
        }
        if (format.channels() > 2) {
            throw new IllegalArgumentException("channels must be 1 or 2, was " + format.channels());
        }
        this.channels = format.channels();
        this.passThrough = channels == 1 && format.sampleRateHz() == outHz;
        this.resampler = Resampler.between(format.sampleRateHz(), outHz);
    }

    /**
     * Takes the next samples, and returns the output samples that are complete now, read-only and on the heap; empty if there is
     * none yet.
     *
     * @param samples little-endian; whole samples, but not necessarily of all channels. Its position is not moved; the result may
     *     share its memory
     */
    public ByteBuffer resample(ByteBuffer samples) {
        if (passThrough && !samples.isDirect()) {
            return samples.slice().asReadOnlyBuffer();
        }
        int frames = read(samples.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        makeRoom(frames);
        return written(resampler.resample(in, 0, frames, out, 0));
    }

    /** Ends the stream, and returns the samples that the filter still holds, read-only. Drops a frame that is not complete. */
    public ByteBuffer finish() {
        sum = 0;
        begun = 0;
        makeRoom(0);
        return written(resampler.finish(out, 0));
    }

    private int read(ByteBuffer samples) {
        int most = samples.remaining() / BYTES_PER_SAMPLE;
        if (in.length < most) {
            in = new float[most];
        }
        int frames = 0;
        for (int i = 0; i < most; i++) {
            sum += samples.getShort();
            if (++begun == channels) {
                in[frames++] = sum / (channels * FULL_SCALE);
                sum = 0;
                begun = 0;
            }
        }
        return frames;
    }

    private void makeRoom(int frames) {
        int most = resampler.most(frames);
        if (out.length < most) {
            out = new float[most];
        }
    }

    private ByteBuffer written(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * BYTES_PER_SAMPLE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putShort((short) Math.clamp(Math.round(out[i] * FULL_SCALE), Short.MIN_VALUE, Short.MAX_VALUE));
        }
        return bytes.flip().asReadOnlyBuffer();
    }
}
