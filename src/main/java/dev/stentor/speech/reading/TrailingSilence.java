package dev.stentor.speech.reading;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import reactor.core.publisher.Flux;

/** How long a sound has been silent at its end. Confined to one subscription. */
final class TrailingSilence {

    /** 48 dB below the loudest: what an engine gives between two words is hardly ever nothing at all. */
    private static final int QUIET = 128;

    private long samples;

    /** The sound goes on with that. */
    void add(ByteBuffer sound) {
        ByteBuffer pcm = sound.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int first = pcm.limit();
        while (first > pcm.position() && Math.abs(pcm.getShort(first - Short.BYTES)) <= QUIET) {
            first -= Short.BYTES;
        }
        int quiet = (pcm.limit() - first) / Short.BYTES;
        samples = first == pcm.position() ? samples + quiet : quiet;
    }

    /** By now. */
    long samples() {
        return samples;
    }

    /** What is missing to so many samples of it, as sound. */
    Flux<ByteBuffer> upTo(long wanted) {
        long missing = wanted - samples;
        return missing <= 0
                ? Flux.empty()
                : Flux.just(ByteBuffer.allocate((int) missing * Short.BYTES).asReadOnlyBuffer());
    }
}
