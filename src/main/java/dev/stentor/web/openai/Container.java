package dev.stentor.web.openai;

import dev.stentor.audio.WavHeader;
import dev.stentor.codec.OggOpusEncoder;
import java.nio.ByteBuffer;

/** Puts the samples of one answer into bytes. Confined to one subscription, inside its serialized signals. */
sealed interface Container {

    /** What stands before all sound. */
    byte[] head();

    /** What the next samples add; may be nothing yet. The buffer is not moved. */
    byte[] sound(ByteBuffer samples);

    /** What follows the last of them. */
    byte[] end();

    /** The samples and nothing else. */
    record Pcm() implements Container {
        @Override
        public byte[] head() {
            return new byte[0];
        }

        @Override
        public byte[] sound(ByteBuffer samples) {
            return bytes(samples);
        }

        @Override
        public byte[] end() {
            return new byte[0];
        }
    }

    /** A header that leaves the length open, then the samples. */
    record Wav() implements Container {
        @Override
        public byte[] head() {
            return bytes(WavHeader.ofUnknownLength());
        }

        @Override
        public byte[] sound(ByteBuffer samples) {
            return bytes(samples);
        }

        @Override
        public byte[] end() {
            return new byte[0];
        }
    }

    /** Opus packets in Ogg pages. */
    record Opus(OggOpusEncoder encoder) implements Container {
        @Override
        public byte[] head() {
            return encoder.head();
        }

        @Override
        public byte[] sound(ByteBuffer samples) {
            return encoder.encode(samples);
        }

        @Override
        public byte[] end() {
            return encoder.end();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
