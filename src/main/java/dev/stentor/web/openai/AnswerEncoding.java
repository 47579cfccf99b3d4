package dev.stentor.web.openai;

import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.ffmpeg.AacEncoder;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The encoding of answers.
 *
 * @param mp3 bit rate of answers in MP3
 * @param aac encoder of AAC; null if there is none, and AAC is refused
 * @param scheduler scheduler for the encoding of Opus, MP3 and FLAC, which uses a whole core while it encodes a buffer; not owned
 */
public record AnswerEncoding(Mp3BitRate mp3, @Nullable AacEncoder aac, Scheduler scheduler) implements AutoCloseable {

    /** Ends the encoding by programs. */
    @Override
    public void close() {
        if (aac != null) {
            aac.close();
        }
    }

    /** Returns the formats that can be made. */
    Set<AudioFormat> formats() {
        return aac == null ? EnumSet.complementOf(EnumSet.of(AudioFormat.AAC)) : EnumSet.allOf(AudioFormat.class);
    }

    /**
     * Returns sound in a format, in pieces; see {@link Payload#of}.
     *
     * @param number number that distinguishes Ogg streams that somebody joins into one file
     * @param total number of samples of the whole sound, if it is known
     */
    Flux<byte[]> encoded(AudioFormat format, int number, Flux<ByteBuffer> audio, Supplier<OptionalLong> total) {
        return switch (format) {
            case AAC -> {
                if (aac == null) {
                    throw new IllegalStateException("There is no encoder of AAC.");
                }
                yield aac.encode(audio);
            }
            case PCM, WAV -> new Payload(Container.of(format, number, mp3), total).of(audio);
            case MP3, OPUS, FLAC ->
                new Payload(Container.of(format, number, mp3), total).of(audio.publishOn(scheduler, 1));
        };
    }
}
