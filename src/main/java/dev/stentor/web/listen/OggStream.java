package dev.stentor.web.listen;

import dev.stentor.broadcast.OpusSound;
import dev.stentor.codec.OggOpusWriter;
import dev.stentor.codec.OpusEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A writer of shared packets into one listener's own Ogg stream. Its head tells that the pre-roll is not to be heard (RFC 7845,
 * section 4.2).
 * Confined to one subscription.
 */
final class OggStream {

    private static final int TICKS_PER_PACKET = OpusEncoder.FRAME_SAMPLES * OpusEncoder.TICKS_PER_SAMPLE;
    /** The most packets of a page: 200 ms. */
    private static final int PACKETS_PER_PAGE = 10;

    private final int serial;
    private @Nullable OggOpusWriter writer;

    /** @param serial any number */
    OggStream(int serial) {
        this.serial = serial;
    }

    /** Emits whole pages, as soon as they are full or a pause begins. */
    Flux<ByteBuffer> pages(Flux<OpusSound> sounds) {
        return sounds.map(this::page)
                .concatWith(Mono.fromSupplier(this::end))
                .filter(pages -> pages.length > 0)
                .map(ByteBuffer::wrap);
    }

    private byte[] page(OpusSound sound) {
        var pages = new ByteArrayOutputStream();
        OggOpusWriter current = writer;
        if (current == null) {
            int preSkip = OpusEncoder.PRE_SKIP + sound.packets().size() * TICKS_PER_PACKET;
            current = new OggOpusWriter(serial, preSkip, PACKETS_PER_PAGE);
            writer = current;
            pages.writeBytes(current.head());
        }
        for (byte[] packet : sound.packets()) {
            current.add(packet).ifPresent(pages::writeBytes);
        }
        if (sound.pause()) {
            current.flush().ifPresent(pages::writeBytes);
        }
        return pages.toByteArray();
    }

    private byte[] end() {
        return writer == null ? new byte[0] : writer.finish();
    }
}
