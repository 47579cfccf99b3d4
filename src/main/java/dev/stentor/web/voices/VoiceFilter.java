package dev.stentor.web.voices;

import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.web.edge.Filters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A filter on voices, from the query of a request. An empty component matches every voice.
 *
 * @param q text that the name, the note or the dialect contains, in lower case; case is ignored
 */
record VoiceFilter(
        Optional<String> model,
        Optional<String> language,
        Optional<String> dialect,
        Optional<Voice.Sex> sex,
        Optional<Voice.Kind> kind,
        Optional<String> q)
        implements Predicate<VoiceView> {

    private static final List<String> NAMES = List.of("model", "language", "dialect", "sex", "kind", "q");

    /** Reads the filter from a request; throws {@link dev.stentor.web.edge.ProblemException} for an unknown parameter. */
    static VoiceFilter of(ServerRequest request) {
        Filters filters = Filters.of(request, NAMES);
        return new VoiceFilter(
                filters.text("model"),
                filters.text("language")
                        .map(name ->
                                Language.of(name).map(Language::languageType).orElse(name)),
                filters.text("dialect"),
                filters.oneOf("sex", Voice.Sex.class),
                filters.oneOf("kind", Voice.Kind.class),
                filters.text("q").map(VoiceFilter::lower));
    }

    /** Tells whether cloned or designed voices can match. */
    boolean wantsCustom() {
        return kind.isEmpty() || CustomVoice.isMade(kind.get());
    }

    @Override
    public boolean test(VoiceView voice) {
        return (model.isEmpty() || voice.models().contains(model.get()))
                && (language.isEmpty() || voice.languages().stream().anyMatch(language.get()::equalsIgnoreCase))
                && is(dialect, voice.dialect())
                && is(sex.map(Enum::name), voice.sex())
                && is(kind.map(Enum::name), voice.kind())
                && (q.isEmpty() || words(voice).anyMatch(word -> lower(word).contains(q.get())));
    }

    private static boolean is(Optional<String> wanted, @Nullable String actual) {
        return wanted.isEmpty() || wanted.get().equalsIgnoreCase(actual);
    }

    private static Stream<String> words(VoiceView voice) {
        return Stream.of(
                        Optional.of(voice.name()),
                        Optional.ofNullable(voice.chineseName()),
                        Optional.ofNullable(voice.note()),
                        Optional.ofNullable(voice.dialect()))
                .flatMap(Optional::stream);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
