package dev.stentor.app;

import dev.stentor.codec.ffmpeg.AacEncoder;
import dev.stentor.codec.ffmpeg.AacSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import reactor.core.scheduler.Schedulers;

/**
 * Settings of the program that encodes AAC, under {@code gateway.encoder}.
 *
 * @param ffmpeg FFmpeg, by its name on the PATH or its own path; default empty, which means that AAC is refused
 * @param aacBitrate bit rate of answers in AAC, in bits per second, 16,000 to 144,000; default 64,000
 * @param processes largest number of processes at once; default 4
 * @param timeout longest time without output although there is sound and its output is read; default 20 s
 * @param longest longest run time for one answer; default 1 h
 */
record EncoderProperties(
        @DefaultValue("") String ffmpeg,
        @DefaultValue("64000") int aacBitrate,
        @DefaultValue("4") int processes,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("1h") Duration longest) {

    /** Tells whether a program is configured. */
    boolean isNamed() {
        return !ffmpeg.isBlank();
    }

    /**
     * Creates the encoder.
     *
     * @throws InvalidConfigurationPropertyValueException if a value is invalid, or the program does not exist
     */
    AacEncoder aac() {
        try {
            var settings = new AacSettings(ffmpeg, aacBitrate, processes, timeout, longest);
            return new AacEncoder(settings, Schedulers.parallel());
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfigurationPropertyValueException(
                    "gateway.encoder", this, String.valueOf(wrong.getMessage()));
        }
    }
}
