package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A reader of 16-bit samples without any header. Confined to one stream. */
public final class RawReader implements SoundReader {

    private final SampleReader samples;

    /**
     * Creates a reader for one sound.
     *
     * @param format format of the input: one or two channels, 16 bits, one of {@link Resampler#RATES_HZ}
     * @param bigEndian whether the larger half of a sample comes first
     * @throws UnreadableSound if the format is another
     */
    public RawReader(PcmFormat format, boolean bigEndian, ResamplerPreset preset) {
        if (format.bitsPerSample() != Short.SIZE
                || format.channels() > 2
                || !Resampler.RATES_HZ.contains(format.sampleRateHz())) {
            throw new UnreadableSound(
                    "UnsupportedRate",
                    "Plain samples have 16 bits, 1 or 2 channels and one of " + Resampler.RATES_HZ + " Hz.");
        }
        this.samples = new SampleReader(
                new WavFormat(format.sampleRateHz(), format.channels(), SampleCoding.SIGNED_16),
                preset,
                bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public float[] read(ByteBuffer bytes) {
        return samples.read(bytes.slice());
    }

    @Override
    public float[] finish() {
        return samples.finish();
    }

    @Override
    public Faults faults() {
        return Faults.NONE;
    }
}
