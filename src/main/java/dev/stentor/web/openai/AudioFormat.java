package dev.stentor.web.openai;

import dev.stentor.audio.SpeechTime;
import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/** The formats of an answer's sound. */
enum AudioFormat {
    /** WAV of unknown length; the default, because players recognise it by its first bytes. */
    WAV("audio/wav"),
    /** Samples without a header. */
    PCM("audio/pcm;rate=" + SpeechTime.SAMPLES_PER_SECOND),
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

    /** Returns all names, separated by commas, for error messages. */
    static String names() {
        return Arrays.stream(values()).map(AudioFormat::wireName).collect(Collectors.joining(", "));
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** Tells whether encoding takes too long for an event loop. */
    boolean isLaborious() {
        return this == OPUS;
    }

    /** Creates the container of one answer. The number distinguishes Ogg streams that somebody joins into one file. */
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
