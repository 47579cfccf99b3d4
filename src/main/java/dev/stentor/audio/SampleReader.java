package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A reader of interleaved samples of any coding, which converts them to mono at the rate of speech; two channels become their
 * mean. Samples that are no numbers become silence, samples that are far too loud are clamped, and both are counted. Confined to
 * one stream.
 */
final class SampleReader {

    private final WavFormat format;
    private final ByteOrder order;
    private final Resampler resampler;
    /** The bytes of a frame that is not complete. */
    private final ByteBuffer held;

    private float[] in = new float[0];
    private long silenced;
    private long clamped;

    SampleReader(WavFormat format, ResamplerPreset preset) {
        this(format, preset, ByteOrder.LITTLE_ENDIAN);
    }

    SampleReader(WavFormat format, ResamplerPreset preset, ByteOrder order) {
        this.format = format;
        this.order = order;
        this.resampler = Resampler.between(format.sampleRateHz(), PcmFormat.SPEECH.sampleRateHz(), preset);
        this.held = ByteBuffer.allocate(format.bytesPerFrame()).order(order);
    }

    /** Takes all of the bytes, and returns the samples that are complete now. */
    float[] read(ByteBuffer bytes) {
        ByteBuffer source = bytes.order(order);
        int most = (held.position() + source.remaining()) / format.bytesPerFrame();
        if (in.length < most) {
            in = new float[most];
        }
        int frames = 0;
        while (held.position() > 0 && source.hasRemaining()) {
            held.put(source.get());
            if (!held.hasRemaining()) {
                in[frames++] = mono(held.flip());
                held.clear();
            }
        }
        while (source.remaining() >= format.bytesPerFrame()) {
            in[frames++] = mono(source);
        }
        held.put(source);
        float[] out = new float[resampler.most(frames)];
        return cut(out, resampler.resample(in, 0, frames, out, 0));
    }

    /** Ends the sound, and returns the samples that the filter still holds. Drops a frame that is not complete. */
    float[] finish() {
        float[] out = new float[resampler.most(0)];
        return cut(out, resampler.finish(out, 0));
    }

    long silenced() {
        return silenced;
    }

    long clamped() {
        return clamped;
    }

    private float mono(ByteBuffer source) {
        float sum = 0;
        for (int channel = 0; channel < format.channels(); channel++) {
            sum += sound(format.coding().next(source));
        }
        return sum / format.channels();
    }

    private float sound(float sample) {
        if (Math.abs(sample) <= SoundReader.Faults.LOUDEST) {
            return sample;
        }
        if (Float.isFinite(sample)) {
            clamped++;
            return Math.copySign(SoundReader.Faults.LOUDEST, sample);
        }
        silenced++;
        return 0;
    }

    private static float[] cut(float[] samples, int count) {
        return count == samples.length ? samples : Arrays.copyOf(samples, count);
    }
}
