package dev.stentor.web.listen;

import dev.stentor.broadcast.Mp3Sound;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A writer of shared MP3 frames into one listener's stream. It sends several frames at once, like a page of {@link OggStream}: for the
 * kernel and for HTTP a send of one frame costs as much. Confined to one subscription.
 */
final class Mp3Stream {

    /** The most sound that is sent at once: 8 frames, 192 ms. */
    private static final int MOST_BYTES = 8 * Mp3Sound.RATE.frameBytes();

    private final @Nullable IcyStream titles;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int soundBytes = MOST_BYTES; // the first frame waits for no other

    /** @param titles what puts captions between the frames; null for a listener that wants none */
    Mp3Stream(@Nullable IcyStream titles) {
        this.titles = titles;
    }

    /** Emits the frames, as soon as there are enough or a pause begins. */
    Flux<ByteBuffer> bytes(Flux<Mp3Sound> sounds) {
        return sounds.map(this::add)
                .concatWith(Mono.fromSupplier(this::flush))
                .filter(bytes -> bytes.length > 0)
                .map(ByteBuffer::wrap);
    }

    private byte[] add(Mp3Sound sound) {
        soundBytes += sound.frames().remaining();
        waiting.writeBytes(titles == null ? bytes(sound.frames()) : titles.withTitles(sound));
        return soundBytes >= MOST_BYTES || sound.pause() ? flush() : new byte[0];
    }

    private byte[] flush() {
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        soundBytes = 0;
        return bytes;
    }

    private static byte[] bytes(ByteBuffer frames) {
        var bytes = new byte[frames.remaining()];
        frames.duplicate().get(bytes);
        return bytes;
    }
}
