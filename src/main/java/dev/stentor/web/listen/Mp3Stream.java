package dev.stentor.web.listen;

import dev.stentor.broadcast.Mp3Sound;
import dev.stentor.codec.Mp3BitRate;
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

    /** The most sound that is sent at once: 192 ms. */
    private static final int MOST_FRAMES = 8;

    private static final byte[] NOTHING = new byte[0];

    private final int mostBytes;
    private final @Nullable IcyStream titles;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int soundBytes;

    /** @param withTitles whether captions come between the frames */
    Mp3Stream(Mp3BitRate rate, boolean withTitles) {
        mostBytes = MOST_FRAMES * rate.frameBytes();
        soundBytes = mostBytes; // the first frame waits for no other
        titles = withTitles ? new IcyStream(rate) : null;
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
        return soundBytes >= mostBytes || sound.pause() ? flush() : NOTHING;
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
