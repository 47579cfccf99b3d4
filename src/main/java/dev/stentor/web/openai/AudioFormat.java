package dev.stentor.web.openai;

import dev.stentor.audio.SpeechTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/** The formats of an answer's sound. */
enum AudioFormat {
    /** MP3; the default, as in OpenAI's own API. */
    MP3("audio/mpeg"),
    /** WAV; of unknown length, unless all sound is there before the first byte is sent. */
    WAV("audio/wav"),
    /** Samples without a header. */
    PCM("audio/pcm;rate=" + SpeechTime.SAMPLES_PER_SECOND),
    /** Opus in Ogg. */
    OPUS("audio/ogg;codecs=opus"),
    /** FLAC, without loss. */
    FLAC("audio/flac"),
    /** AAC in ADTS frames, by a program that the operator names. */
    AAC("audio/aac");

    private final String mediaType;

    AudioFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Returns the one of these that has a name. */
    static Optional<AudioFormat> named(String name, Set<AudioFormat> formats) {
        return formats.stream().filter(format -> format.wireName().equals(name)).findFirst();
    }

    /** Returns the names of these, separated by commas, for error messages. */
    static String names(Set<AudioFormat> formats) {
        return formats.stream().map(AudioFormat::wireName).collect(Collectors.joining(", "));
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** Tells whether the first bytes can name the length of the sound. */
    boolean namesItsLength() {
        return this == WAV || this == FLAC || this == MP3;
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
