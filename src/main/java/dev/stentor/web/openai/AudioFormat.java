package dev.stentor.web.openai;

import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/** The forms in which sound can be had. */
enum AudioFormat {
    /** What a request without a wish gets: WAV of unknown length, which players know by its first bytes. */
    WAV("audio/wav"),
    /** Bare samples. */
    PCM("audio/pcm;rate=24000"),
    /** Opus in Ogg. */
    OPUS("audio/ogg;codecs=opus");

    private final String mediaType;

    AudioFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    static Optional<AudioFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.wireName().equals(name))
                .findFirst();
    }

    /** All names, for people. */
    static String names() {
        return Arrays.stream(values()).map(AudioFormat::wireName).collect(Collectors.joining(", "));
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** Whether packing is work that an event loop should not do. */
    boolean isLaborious() {
        return this == OPUS;
    }

    /** For one answer; its number is needed only to tell streams apart that somebody joins into one file. */
    Container container(int number) {
        return switch (this) {
            case WAV -> new Container.Wav();
            case PCM -> new Container.Pcm();
            case OPUS -> new Container.Opus(new OggOpusEncoder(OpusSettings.SPEECH, number));
        };
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
