package dev.stentor.broadcast;

import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.Mp3Encoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A codec of MP3: five of its frames for six of the channel's. It never begins anew while it works, because the joint would be a click.
 * Used by one thread at a time.
 */
final class Mp3Codec implements FrameCodec {

    private final Mp3BitRate rate;
    /** Made where it is used first: that takes longer than the clock's thread may wait. */
    private @Nullable Mp3Encoder encoder;

    Mp3Codec(Mp3BitRate rate) {
        this.rate = rate;
    }

    @Override
    public byte[] encode(ByteBuffer frame, boolean last) {
        Mp3Encoder current = encoder;
        if (current == null) {
            current = new Mp3Encoder(rate);
            encoder = current;
        }
        try {
            return current.encode(frame);
        } catch (RuntimeException fault) {
            encoder = null;
            throw fault;
        }
    }

    @Override
    public void reset() {
        // The next frame follows those that came before, whatever is missing between them.
    }
}
