package dev.stentor.speech.local;

import static dev.stentor.speech.local.Rehearsal.FIVE;
import static dev.stentor.speech.local.Rehearsal.LIMIT;
import static dev.stentor.speech.local.Rehearsal.fails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Requests before the engine is ready, when it cannot start, and after its end. */
class LocalEngineLifeTest {

    private final Rehearsal rehearsal = new Rehearsal();

    @BeforeEach
    void warmUp() throws Exception {
        rehearsal.warmUp();
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void requestsBeforeItIsReadyWaitForIt() throws Exception {
        var late = new FakeVoice();
        late.hold();
        try (LocalEngine starting = LocalEngine.start(late, LocalEngine.workers(1, 3), () -> "id")) {
            StepVerifier.create(starting.speak(SpeechRequest.of("Go.")).audio())
                    .then(() -> late.letGo(2))
                    .thenConsumeWhile(_ -> true)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(late.nextSaid()).contains("herald");
            assertThat(late.nextSaid()).isEqualTo("Go.");
        }
    }

    @Test
    void whenItCannotStartEveryRequestFails() {
        PersonaVoice broken = (_, _) -> {
            throw new IllegalStateException("no module");
        };
        try (LocalEngine dead = LocalEngine.start(broken, LocalEngine.workers(1, 3), () -> "id")) {
            StepVerifier.create(dead.ready()).expectError(SpeechException.class).verify(LIMIT);
            for (int i = 0; i < 2; i++) {
                fails(
                        dead.speak(SpeechRequest.of(FIVE)),
                        failure -> assertThat(failure)
                                .isEqualTo(new SpeechFailure.EngineFault("The embedded voice could not be started.")));
            }
        }
    }

    @Test
    void afterItsEndEveryRequestFails() {
        rehearsal.engine.close();
        fails(
                rehearsal.engine.speak(SpeechRequest.of(FIVE)),
                failure -> assertThat(failure)
                        .isEqualTo(new SpeechFailure.EngineFault("The embedded voice has been shut down.")));
    }
}
