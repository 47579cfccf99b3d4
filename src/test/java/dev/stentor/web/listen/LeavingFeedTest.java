package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class LeavingFeedTest {

    @AfterEach
    void forget() {
        Hooks.resetOnErrorDropped();
    }

    @Test
    void soundThatFindsItsSchedulerClosedEndsTheFeedWithoutAnError() {
        Scheduler work = Schedulers.newSingle("leaving-feed");
        TestPublisher<String> sound = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(PlainListening.on(work, sound.flux()))
                .then(() -> sound.next("heard"))
                .expectNext("heard")
                .then(work::dispose)
                .then(() -> sound.next("too late"))
                .verifyComplete();
    }

    @Test
    void aListenerThatLeavesWhileSoundComesIsNoErrorOfOurs() {
        List<Throwable> dropped = new ArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        var listener = new BaseSubscriber<String>() {};
        TestPublisher<String> sound = TestPublisher.create();
        PlainListening.on(new LeftMeanwhile(listener), sound.flux()).subscribe(listener);
        sound.next("too late");
        assertThat(listener.isDisposed()).isTrue();
        assertThat(dropped).isEmpty();
    }

    /** A scheduler whose listener leaves in the very moment in which it is given work. */
    private record LeftMeanwhile(Disposable listener) implements Scheduler {

        @Override
        public Disposable schedule(Runnable task) {
            listener.dispose();
            throw Exceptions.failWithRejected();
        }

        @Override
        public Worker createWorker() {
            return new Worker() {
                @Override
                public Disposable schedule(Runnable task) {
                    return LeftMeanwhile.this.schedule(task);
                }

                @Override
                public void dispose() {}
            };
        }

        @Override
        public void dispose() {}
    }
}
