package dev.stentor.web.openai;

import dev.stentor.audio.SpeechTime;
import dev.stentor.codec.FlacEncoder;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.Mp3Encoder;
import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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
    FLAC("audio/flac");

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
        return this == OPUS || this == MP3 || this == FLAC;
    }

    /** Tells whether the first bytes can name the length of the sound. */
    boolean namesItsLength() {
        return this == WAV || this == FLAC;
    }

    /**
     * Creates the container of one answer.
     *
     * @param number number that distinguishes Ogg streams that somebody joins into one file
     */
    Container container(int number, Mp3BitRate mp3) {
        return switch (this) {
            case MP3 -> new Container.Mp3(new Mp3Encoder(mp3));
            case WAV -> new Container.Wav();
            case PCM -> new Container.Pcm();
            case OPUS -> new Container.Opus(new OggOpusEncoder(OpusSettings.SPEECH, number));
            case FLAC -> new Container.Flac(new FlacEncoder());
        };
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
