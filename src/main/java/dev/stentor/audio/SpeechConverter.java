package dev.stentor.audio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A converter of the bytes of a sound, however they were split, to samples of {@link PcmFormat#SPEECH}.
 *
 * <p>A WAV header is removed, and trusted in all but its sizes; bytes without one are PCM of the expected format. Half a sample
 * at the very end is dropped. Confined to one stream.
 */
public final class SpeechConverter {

    private final PcmFormat expected;
    private final WavHeaderStripper header = new WavHeaderStripper();
    private final SampleAligner aligner = new SampleAligner();
    /** The resampler; null until the sound begins, and its format is known. */
    private @Nullable PcmResampler resampler;

    /** @param expected format of a sound that has no header */
    public SpeechConverter(PcmFormat expected) {
        this.expected = expected;
    }

    /**
     * Takes the next bytes, and returns the samples that are complete now, read-only and on the heap; empty if there is none yet.
     *
     * @param bytes the position is not moved. The result shares memory on the heap where it can, so the caller must not write to
     *     it any more
     * @throws IllegalArgumentException if the sound has a format that cannot be converted
     */
    public ByteBuffer convert(ByteBuffer bytes) {
        ByteBuffer samples = aligner.align(header.strip(bytes));
        return samples.hasRemaining() ? begun().resample(samples) : samples;
    }

    /** Ends the sound, and returns the samples that are still held, read-only. Fails as {@link #convert} does. */
    public ByteBuffer finish() {
        ByteBuffer last = aligner.align(header.rest());
        if (resampler == null && !last.hasRemaining()) {
            return last;
        }
        ByteBuffer begin = begun().resample(last);
        ByteBuffer end = begun().finish();
        return ByteBuffer.allocate(begin.remaining() + end.remaining())
                .put(begin)
                .put(end)
                .flip()
                .asReadOnlyBuffer();
    }

    private PcmResampler begun() {
        if (resampler == null) {
            resampler = new PcmResampler(header.format().orElse(expected), PcmFormat.SPEECH.sampleRateHz());
        }
        return resampler;
    }
}
