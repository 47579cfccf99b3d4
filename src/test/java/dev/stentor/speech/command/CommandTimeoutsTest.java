package dev.stentor.speech.command;

import static dev.stentor.speech.command.Stage.LIMIT;
import static dev.stentor.speech.command.Stage.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.EngineFault;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Programs that hang, say nothing, or never end, in virtual time. */
class CommandTimeoutsTest {

    @Test
    void aProgramThatHangsIsSilentOnceSoundIsAskedFor() throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (var hanging = Stage.engine(time, Stage.settings(Stage.MONO_22, "hangs"))) {
            var listener = new Listener(hanging.speak(REQUEST), 1);
            listener.awaitFirst();
            time.advanceTimeBy(Stage.TIMEOUT.multipliedBy(3));
            assertThat(listener.failure).isNotDone();
            listener.request(Long.MAX_VALUE);
            // It gives a second of sound; which part of the wait meets the last read is the scheduler's affair.
            Awaitility.await().atMost(LIMIT).until(() -> {
                time.advanceTimeBy(Stage.TIMEOUT);
                return listener.failure.isDone();
            });
            assertThat(listener.failure.join())
                    .isInstanceOfSatisfying(
                            SpeechFailure.Silent.class,
                            silent -> assertThat(silent.silence()).isEqualTo(Stage.TIMEOUT));
        } finally {
            time.dispose();
        }
    }

    @Test
    void aProgramThatGivesNothingAtAllIsSilent() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (var mute = Stage.engine(time, Stage.settings(Stage.MONO_22, "mute"))) {
            var listener = new Listener(mute.speak(REQUEST), 1);
            Awaitility.await().atMost(LIMIT).until(() -> {
                time.advanceTimeBy(Stage.TIMEOUT);
                return listener.failure.isDone();
            });
            assertThat(listener.failure.join()).isEqualTo(new SpeechFailure.Silent(Stage.TIMEOUT, 0));
        } finally {
            time.dispose();
        }
    }

    @Test
    void aProgramThatRunsTooLongIsEnded() throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (var hanging = Stage.engine(time, Stage.settings(Stage.MONO_22, "hangs"))) {
            var listener = new Listener(hanging.speak(REQUEST), 1);
            listener.awaitFirst();
            time.advanceTimeBy(Stage.LONGEST);
            listener.request(Long.MAX_VALUE);
            assertThat(listener.failure.get(20, TimeUnit.SECONDS))
                    .isEqualTo(new EngineFault("The program \"java\" was ended after 600 s."));
        } finally {
            time.dispose();
        }
    }

    /** A subscriber that requests a number of buffers, and more when the test says so. */
    private static final class Listener extends BaseSubscriber<ByteBuffer> {

        private final CompletableFuture<SpeechFailure> failure = new CompletableFuture<>();
        private final CountDownLatch first = new CountDownLatch(1);
        private final int wanted;

        Listener(Speech speech, int wanted) {
            this.wanted = wanted;
            speech.audio().subscribe(this);
        }

        void awaitFirst() throws InterruptedException {
            assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(wanted);
        }

        @Override
        protected void hookOnNext(ByteBuffer value) {
            first.countDown();
        }

        @Override
        protected void hookOnError(Throwable error) {
            failure.complete(((SpeechException) error).failure());
        }
    }
}
