package dev.stentor.web.listen;

import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class LeavingFeedTest {

    @Test
    void soundThatFindsItsWorkerGoneEndsTheFeedWithoutAnError() {
        Scheduler work = Schedulers.newSingle("leaving-feed");
        TestPublisher<String> sound = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(PlainListening.on(work, sound.flux()))
                .then(() -> sound.next("heard"))
                .expectNext("heard")
                .then(work::dispose)
                .then(() -> sound.next("too late"))
                .verifyComplete();
    }
}
