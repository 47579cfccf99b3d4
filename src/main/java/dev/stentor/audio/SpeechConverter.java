package dev.stentor.audio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of a sound, however they were split, to samples of {@link PcmFormat#SPEECH}.
 *
 * <p>A WAV header is taken off and believed in all but its sizes; bytes without one are PCM of the shape that was expected. Half a
 * sample at the very end is dropped. Confined to one stream.
 */
public final class SpeechConverter {

    private final PcmFormat expected;
    private final WavHeaderStripper header = new WavHeaderStripper();
    private final SampleAligner aligner = new SampleAligner();
    /** Null until the shape is known, which is when the sound begins. */
    private @Nullable PcmResampler resampler;

    /** {@code expected} is the shape of a sound that has no header. */
    public SpeechConverter(PcmFormat expected) {
        this.expected = expected;
    }

    /**
     * The samples that are complete now, read-only and on the heap; empty if there is none yet.
     *
     * @param bytes the next ones; not moved. On the heap they are shared where possible, so the caller gives them up
     * @throws IllegalArgumentException if the sound has a shape that cannot be converted
     */
    public ByteBuffer convert(ByteBuffer bytes) {
        ByteBuffer samples = aligner.align(header.strip(bytes));
        return samples.hasRemaining() ? begun().resample(samples) : samples;
    }

    /** The end of the sound: what is still held, read-only. Fails as {@link #convert} does. */
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
