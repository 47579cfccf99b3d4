package dev.stentor.web.sources;

import dev.stentor.channel.Source.Start;
import dev.stentor.mix.SourceSettings;
import dev.stentor.source.SourceContent;
import dev.stentor.speech.SpeechRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of {@code PUT /v1/channels/{channel}/sources/{name}}. Null means that a field was not given. */
record SourceBody(
        @Nullable String kind,
        @Nullable String sound,
        @Nullable String url,
        @Nullable Boolean loop,
        @Nullable Boolean live,
        @Nullable String when,
        @Nullable Integer afterMs,
        @Nullable String text,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String languageType,
        @Nullable Double gainDb,
        @Nullable Integer fadeMs,
        @Nullable Boolean ducks,
        @Nullable DuckBody duck) {

    private static final int MAX_TEXT_CHARACTERS = 20_000;
    private static final int BED_FADE_MILLIS = 500;

    /** The kind of a source. */
    private enum Kind {
        BED,
        EARCON,
        SPEECH,
        SILENCE
    }

    /** Returns the kind; throws the problem with the first field that is wrong, whatever kind it is. */
    private Kind checked() {
        Kind known = switch (kind) {
            case null -> throw FieldChecks.wrong("kind", "The kind is bed, earcon, speech or silence.");
            case "bed" -> Kind.BED;
            case "earcon" -> Kind.EARCON;
            case "speech" -> Kind.SPEECH;
            case "silence" -> Kind.SILENCE;
            default -> throw FieldChecks.wrong("kind", "The kind is bed, earcon, speech or silence.");
        };
        switch (known) {
            case BED -> checkBed();
            case EARCON -> {
                FieldChecks.absent("url", url, kind);
                FieldChecks.absent("loop", loop, kind);
                FieldChecks.absent("live", live, kind);
                noText();
                var _ = FieldChecks.sound(sound);
            }
            case SPEECH -> {
                noSound();
                if (text == null || text.isBlank()) {
                    throw FieldChecks.wrong("text", "There is no text to speak.");
                }
                if (text.length() > MAX_TEXT_CHARACTERS) {
                    throw FieldChecks.wrong("text", "At most " + MAX_TEXT_CHARACTERS + " characters are taken.");
                }
            }
            case SILENCE -> {
                noSound();
                noText();
                FieldChecks.absent("when", when, kind);
                FieldChecks.absent("after_ms", afterMs, kind);
            }
        }
        var _ = start();
        var _ = settings();
        return known;
    }

    /** Returns when the source begins. */
    Start start() {
        if ("before_each_utterance".equals(when)) {
            FieldChecks.absent("after_ms", afterMs, "earcon before each utterance");
            if (!"earcon".equals(kind)) {
                throw FieldChecks.wrong("when", "Only an earcon can sound before each utterance.");
            }
            return new Start.BeforeEachUtterance();
        }
        if (when != null && !when.equals("now")) {
            throw FieldChecks.wrong("when", "The value is now or before_each_utterance.");
        }
        return new Start.After(
                Duration.ofMillis(FieldChecks.millis("after_ms", afterMs, 0, (int) Start.LONGEST.toMillis())));
    }

    /** Returns how the source is mixed in: beds make way for speech unless they are told not to. */
    SourceSettings settings() {
        boolean bed = "bed".equals(kind);
        return new SourceSettings(
                FieldChecks.number("gain_db", gainDb, 0, SourceSettings.MIN_GAIN_DB, SourceSettings.MAX_GAIN_DB),
                FieldChecks.millis("fade_ms", fadeMs, bed ? BED_FADE_MILLIS : 5, SourceSettings.MAX_FADE_MILLIS),
                ducks == null ? bed : ducks);
    }

    /** Returns what the source is to be made of; throws the problem with the first field that is wrong. */
    SourceContent content() {
        return switch (checked()) {
            case BED ->
                url == null
                        ? new SourceContent.Bed(FieldChecks.sound(sound))
                        : new SourceContent.StreamedBed(address(), Boolean.TRUE.equals(live));
            case EARCON -> new SourceContent.Earcon(FieldChecks.sound(sound));
            case SPEECH -> new SourceContent.SpokenText(request());
            case SILENCE -> new SourceContent.Silence();
        };
    }

    /** Tells whether a bed is played over and over, or a stream fetched again: true unless the body says otherwise. */
    boolean loops() {
        return loop == null || loop;
    }

    private URI address() {
        try {
            return URI.create(Objects.requireNonNull(url));
        } catch (IllegalArgumentException _) {
            throw FieldChecks.wrong("url", "This is no address.");
        }
    }

    private SpeechRequest request() {
        return new SpeechRequest(Objects.requireNonNull(text), model, voice, languageType, null, null);
    }

    private void checkBed() {
        noText();
        if ("before_each_utterance".equals(when)) {
            throw FieldChecks.wrong("when", "Only an earcon can sound before each utterance.");
        }
        if (url == null) {
            FieldChecks.absent("live", live, "bed without url");
            var _ = FieldChecks.sound(sound);
        } else {
            if (sound != null) {
                throw FieldChecks.wrong("url", "A bed has a sound or a url, not both.");
            }
            var _ = address();
        }
    }

    private void noSound() {
        String of = String.valueOf(kind);
        FieldChecks.absent("sound", sound, of);
        FieldChecks.absent("url", url, of);
        FieldChecks.absent("loop", loop, of);
        FieldChecks.absent("live", live, of);
    }

    private void noText() {
        String of = String.valueOf(kind);
        FieldChecks.absent("text", text, of);
        FieldChecks.absent("model", model, of);
        FieldChecks.absent("voice", voice, of);
        FieldChecks.absent("language_type", languageType, of);
    }
}
