package dev.stentor.speech.reading;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import reactor.core.publisher.Flux;

/** A measure of the silence at the end of a sound. Confined to one subscription. */
final class TrailingSilence {

    /** Loudest sample that counts as silence, 48 dB below full scale: an engine hardly ever gives zeros between two words. */
    private static final int QUIET = 128;

    private long samples;

    /** Adds the next sound; the buffer is not moved. */
    void add(ByteBuffer sound) {
        ByteBuffer pcm = sound.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int first = pcm.limit();
        while (first > pcm.position() && Math.abs(pcm.getShort(first - Short.BYTES)) <= QUIET) {
            first -= Short.BYTES;
        }
        int quiet = (pcm.limit() - first) / Short.BYTES;
        samples = first == pcm.position() ? samples + quiet : quiet;
    }

    /** Returns how many samples of silence there are at the end by now. */
    long samples() {
        return samples;
    }

    /** Returns the zeros that are missing to so many samples of silence. */
    Flux<ByteBuffer> upTo(long wanted) {
        long missing = wanted - samples;
        return missing <= 0
                ? Flux.empty()
                : Flux.just(ByteBuffer.allocate((int) missing * Short.BYTES).asReadOnlyBuffer());
    }
}
