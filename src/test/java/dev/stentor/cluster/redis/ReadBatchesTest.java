package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.clock.TickClock;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.BusException;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ReadBatchesTest {

    private final CountingClock clock = new CountingClock();
    private final ReadBatches batches = new ReadBatches(clock);
    private final EmbeddedChannel connection = new EmbeddedChannel();
    private final List<String> seen = new ArrayList<>();

    ReadBatchesTest() {
        batches.afterChannelInitialized(connection);
    }

    @Test
    void whatOneReadBringsIsOneTaskOfTheClockInItsOrder() {
        List.of("a", "b", "c").forEach(name -> batches.add(() -> seen.add(name)));
        assertThat(clock.tasks).isZero();
        readIsOver();
        assertThat(clock.tasks).isOne();
        assertThat(seen).isEmpty();
        clock.virtual.settle();
        assertThat(seen).containsExactly("a", "b", "c");
    }

    @Test
    void aReadThatBroughtNothingWakesNobody() {
        readIsOver();
        assertThat(clock.tasks).isZero();
    }

    @Test
    void aTaskThatFailsKeepsNoOtherBack() {
        batches.add(() -> {
            throw new IllegalStateException("planned");
        });
        batches.add(() -> seen.add("after it"));
        readIsOver();
        assertThatThrownBy(clock.virtual::settle).hasRootCauseMessage("planned");
        clock.virtual.settle();
        assertThat(seen).containsExactly("after it");
    }

    @Test
    void anAnswerComesOnTheClocksThreadAndAFailureAtOnce() {
        Sinks.One<String> answer = Sinks.one();
        var _ = batches.onClock(answer.asMono()).subscribe(seen::add);
        assertThat(answer.tryEmitValue("stored")).isEqualTo(Sinks.EmitResult.OK);
        assertThat(seen).isEmpty();
        readIsOver();
        clock.virtual.settle();
        assertThat(seen).containsExactly("stored");
        var _ = batches.onClock(Mono.<String>error(new BusException("Redis did not answer", new Exception())))
                .subscribe(_ -> {}, failed -> seen.add(failed.getMessage()));
        assertThat(seen).containsExactly("stored", "Redis did not answer");
    }

    @Test
    void theQuestionOfAnAnswerThatNobodyWantsIsCancelled() {
        Sinks.One<String> answer = Sinks.one();
        batches.onClock(answer.asMono().doOnCancel(() -> seen.add("cancelled")))
                .subscribe()
                .dispose();
        assertThat(seen).containsExactly("cancelled");
    }

    private void readIsOver() {
        connection.pipeline().fireChannelReadComplete();
    }

    /** A clock in virtual time that counts what it is given. */
    private static final class CountingClock implements TickClock {

        private final VirtualClock virtual = new VirtualClock();
        private int tasks;

        @Override
        public long micros() {
            return virtual.micros();
        }

        @Override
        public void execute(Runnable task) {
            tasks++;
            virtual.execute(task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return virtual.after(delay, task);
        }

        @Override
        public void activate(int ticks, int grid, Ticking ticking) {
            virtual.activate(ticks, grid, ticking);
        }
    }
}
