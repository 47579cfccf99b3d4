package dev.stentor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class BlockingCheckTest {

    @Test
    void aThreadOfEventsThatWaitsFails() {
        Mono<Boolean> waiting = Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS))
                .subscribeOn(Schedulers.parallel());
        assertThatThrownBy(waiting::block).hasCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void virtualTimeIsSharedByThreadsThatMustNotWait() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Long scheduled = Flux.range(0, 4)
                .flatMap(_ -> Flux.range(0, 50_000)
                        .doOnNext(
                                _ -> time.schedule(() -> {}, 1, TimeUnit.HOURS).dispose())
                        .subscribeOn(Schedulers.parallel()))
                .count()
                .block();
        assertThat(scheduled).isEqualTo(200_000);
    }
}
