package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

class LanguageRouterTest {

    private final Choosy english = new Choosy("plain");
    private final Choosy others = new Choosy("foreign");
    private final LanguageRouter router = new LanguageRouter(english, others);

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "Hello, , english",
        "Hello, Auto, english",
        "Hello, auto, english",
        "Hello, English, english",
        "'Crème brûlée', , english",
        "Hello, German, others",
        "你好, , others",
        "'Hello 你', English, others",
        "Привет, Auto, others"
    })
    void languageAndScriptChoose(String text, @Nullable String language, String engine) {
        said(new SpeechRequest(text, null, null, language, null, null));
        assertThat(english.requests()).isEqualTo(engine.equals("english") ? 1 : 0);
        assertThat(others.requests()).isEqualTo(engine.equals("others") ? 1 : 0);
    }

    @Test
    void whatOneObjectsToTheOtherSpeaks() {
        said(SpeechRequest.of("Hello").withVoice("foreign"));
        assertThat(others.requests()).isEqualTo(1);
        said(new SpeechRequest("Bonjour", null, "plain", "French", null, null));
        assertThat(english.requests()).isEqualTo(1);
    }

    @Test
    void ifBothObjectTheChosenOneSaysWhy() {
        SpeechRequest latin = SpeechRequest.of("Hello").withVoice("nobody");
        assertThat(router.objection(latin)).isEqualTo(english.objection(latin)).isPresent();
        SpeechRequest han = SpeechRequest.of("你好").withVoice("nobody");
        assertThat(router.objection(han)).isEqualTo(others.objection(han)).isPresent();
        assertThat(router.objection(SpeechRequest.of("Hello"))).isEmpty();
    }

    private void said(SpeechRequest request) {
        var _ = router.speak(request).audio().collectList().block(Duration.ofSeconds(10));
    }

    /** An engine that takes requests for its own voice, and requests that name none. */
    private record Choosy(String voice, ScriptedEngine engine) implements SpeechEngine {

        Choosy(String voice) {
            this(voice, ScriptedEngine.of(_ -> Flux.empty()));
        }

        int requests() {
            return engine.requests().size();
        }

        @Override
        public Speech speak(SpeechRequest request) {
            return engine.speak(request);
        }

        @Override
        public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
            return request.voice() == null || voice.equals(request.voice())
                    ? Optional.empty()
                    : Optional.of(new SpeechFailure.InvalidInput("voice", "not by " + voice));
        }
    }
}
