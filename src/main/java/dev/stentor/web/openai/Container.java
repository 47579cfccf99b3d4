package dev.stentor.web.openai;

import dev.stentor.audio.WavHeader;
import dev.stentor.codec.FlacEncoder;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.Mp3Encoder;
import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The container format of one answer, which turns samples into bytes. Confined to one subscription, within its serialized
 * signals.
 */
sealed interface Container {

    /**
     * Returns the bytes before all sound.
     *
     * @param total number of samples of the whole sound; empty if it is not known yet
     */
    byte[] head(OptionalLong total);

    /** Returns the bytes for the next samples, possibly none yet; leaves the buffer's position unchanged. */
    byte[] sound(ByteBuffer samples);

    /** Returns the bytes after the last samples. */
    byte[] end();

    /**
     * Creates the container of one answer.
     *
     * @param number number that distinguishes Ogg streams that somebody joins into one file
     */
    static Container of(AudioFormat format, int number, Mp3BitRate rate) {
        return switch (format) {
            case MP3 -> new Mp3(new Mp3Encoder(rate));
            case WAV -> new Wav();
            case PCM -> new Pcm();
            case OPUS -> new Opus(new OggOpusEncoder(OpusSettings.SPEECH, number));
            case FLAC -> new Flac(new FlacEncoder());
            case AAC -> throw new IllegalArgumentException("AAC is made by a program.");
        };
    }

    /** The samples alone. */
    record Pcm() implements Container {
        @Override
        public byte[] head(OptionalLong total) {
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

    /** A header, then the samples. */
    record Wav() implements Container {
        @Override
        public byte[] head(OptionalLong total) {
            return bytes(total.isPresent() ? WavHeader.ofSamples(total.getAsLong()) : WavHeader.ofUnknownLength());
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

    /** MP3 frames. */
    record Mp3(Mp3Encoder encoder) implements Container {
        @Override
        public byte[] head(OptionalLong total) {
            return encoder.head(total);
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

    /** Opus packets in Ogg pages. */
    record Opus(OggOpusEncoder encoder) implements Container {
        @Override
        public byte[] head(OptionalLong total) {
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

    /** FLAC frames. */
    record Flac(FlacEncoder encoder) implements Container {
        @Override
        public byte[] head(OptionalLong total) {
            return FlacEncoder.head(total);
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
