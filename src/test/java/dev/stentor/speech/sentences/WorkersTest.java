package dev.stentor.speech.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.sentences.Workers.JobKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class WorkersTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Workers workers = new Workers("embedded voice", "local-voice", 1, 2);
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    @AfterEach
    void close() {
        free.countDown();
        workers.close();
    }

    /** Keeps the only thread until {@link #free}. */
    private Mono<String> blocker() {
        return workers.run(JobKind.FIRST, () -> {
            busy.countDown();
            free.await();
            return "done";
        });
    }

    @Test
    void worksOnItsOwnThreadsWithTheApplicationsClassLoader() {
        StepVerifier.create(workers.run(JobKind.FIRST, Thread::currentThread).subscribeOn(Schedulers.parallel()))
                .assertNext(thread -> {
                    assertThat(thread.getName()).startsWith("local-voice-");
                    assertThat(thread.isDaemon()).isTrue();
                    assertThat(thread.getContextClassLoader()).isSameAs(Workers.class.getClassLoader());
                })
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void nothingIsDoneBeforeASubscriberComes() {
        var done = new AtomicInteger();
        Mono<Integer> work = workers.run(JobKind.FIRST, done::incrementAndGet);
        assertThat(done).hasValue(0);
        StepVerifier.create(work).expectNext(1).expectComplete().verify(LIMIT);
    }

    @Test
    void newcomersAreRefusedWhenTheLineIsFullAndOthersMuchLater() throws Exception {
        var done = new AtomicInteger();
        blocker().subscribe();
        busy.await();
        for (int i = 0; i < 2; i++) {
            workers.run(JobKind.FIRST, done::incrementAndGet).onErrorComplete().subscribe();
        }
        StepVerifier.create(workers.run(JobKind.FIRST, done::incrementAndGet))
                .expectErrorSatisfies(WorkersTest::isThrottled)
                .verify(LIMIT);
        for (int i = 0; i < 6; i++) {
            workers.run(JobKind.LATER, done::incrementAndGet).onErrorComplete().subscribe();
        }
        StepVerifier.create(workers.run(JobKind.LATER, done::incrementAndGet))
                .expectErrorSatisfies(WorkersTest::isThrottled)
                .verify(LIMIT);
        assertThat(done).hasValue(0);
        assertThat(workers.waitingJobs()).isEqualTo(8);
    }

    private static void isThrottled(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(SpeechException.class, failed -> {
            assertThat(failed.failure()).isInstanceOf(SpeechFailure.Throttled.class);
            assertThat(failed.failure().code()).isEqualTo("Throttling");
        });
    }

    @Test
    void cancelledWorkLeavesTheLine() throws Exception {
        blocker().subscribe();
        busy.await();
        var done = new AtomicInteger();
        var waiting = workers.run(JobKind.FIRST, done::incrementAndGet).subscribe();
        assertThat(workers.waitingJobs()).isEqualTo(1);
        waiting.dispose();
        assertThat(workers.waitingJobs()).isZero();
        free.countDown();
        StepVerifier.create(workers.run(JobKind.FIRST, done::incrementAndGet))
                .expectNext(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void cancellingDoesNotInterruptTheWorkAtHand() throws Exception {
        var interrupted = new ArrayList<Boolean>();
        var running = workers.run(JobKind.FIRST, () -> {
                    busy.countDown();
                    free.await();
                    return interrupted.add(Thread.currentThread().isInterrupted());
                })
                .subscribe();
        busy.await();
        running.dispose();
        free.countDown();
        StepVerifier.create(workers.run(JobKind.FIRST, () -> List.copyOf(interrupted)))
                .expectNext(List.of(false))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void whateverTheWorkThrowsReachesTheSubscriberAndTheThreadLivesOn() {
        StepVerifier.create(workers.run(JobKind.FIRST, () -> {
                    throw new AssertionError("no module");
                }))
                .expectError(AssertionError.class)
                .verify(LIMIT);
        StepVerifier.create(workers.run(JobKind.FIRST, () -> 1))
                .expectNext(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void closingFailsTheLineAndAllThatComeAfter() throws Exception {
        blocker().subscribe();
        busy.await();
        StepVerifier.create(workers.run(JobKind.FIRST, () -> 1))
                .then(workers::close)
                .expectErrorSatisfies(WorkersTest::isClosed)
                .verify(LIMIT);
        StepVerifier.create(workers.run(JobKind.LATER, () -> 1))
                .expectErrorSatisfies(WorkersTest::isClosed)
                .verify(LIMIT);
    }

    private static void isClosed(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        SpeechException.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(SpeechFailure.EngineFault.class));
    }

    @Test
    void sizesArePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Workers("embedded voice", "local-voice", 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Workers("embedded voice", "local-voice", 1, 0));
    }
}
