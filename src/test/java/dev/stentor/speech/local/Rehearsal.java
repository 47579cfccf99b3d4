package dev.stentor.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.sentences.Workers;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.test.StepVerifier;

/** An engine with one worker, and a voice that the test controls. */
final class Rehearsal implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(30);
    static final String FIVE = "This is sentence one. This is sentence two. This is sentence three. "
            + "This is sentence four. This is sentence five.";

    final FakeVoice voice = new FakeVoice();
    final Workers workers = LocalEngine.workers(1, 3);
    final LocalEngine engine = LocalEngine.start(voice, workers, () -> "request-1");

    void warmUp() throws InterruptedException {
        StepVerifier.create(engine.ready()).expectComplete().verify(LIMIT);
        assertThat(voice.nextSaid()).contains("herald");
    }

    /** Waits until the only worker has done all jobs. A job adds further jobs before the queue is looked at again. */
    void settle() {
        for (int i = 0; i < 4; i++) {
            StepVerifier.create(workers.run(Workers.JobKind.LATER, () -> 1))
                    .expectNext(1)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    static void fails(Speech speech, Consumer<SpeechFailure> as) {
        StepVerifier.create(speech.audio())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(SpeechException.class, failed -> as.accept(failed.failure())))
                .verify(LIMIT);
    }

    @Override
    public void close() {
        voice.letGo(100);
        engine.close();
    }
}
