package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class PlainFeedTest {

    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void speechComesDueAndATouchLater() {
        var heard = listen(false, Long.MAX_VALUE);
        stage.start("u1");
        stage.frame();
        stage.clock.advance(Duration.ofMillis(199));
        assertThat(heard.bytes.size()).isZero();
        stage.clock.advance(Duration.ofMillis(21));
        assertThat(heard.bytes.toByteArray()).isEqualTo(Signals.selfIndexing(480));
    }

    @Test
    void withoutSilenceExactlyTheSamplesCome() {
        var heard = listen(false, Long.MAX_VALUE);
        stage.start("u1");
        stage.play(100);
        stage.clock.advance(Duration.ofSeconds(5));
        assertThat(heard.bytes.toByteArray()).isEqualTo(Signals.selfIndexing(100 * 480));
    }

    @Test
    void withSilencePausesAreFilledInRealTime() {
        var heard = listen(true, Long.MAX_VALUE);
        stage.clock.advance(Duration.ofSeconds(2));
        assertThat(heard.bytes.size()).isEqualTo(100 * 960);
        assertThat(heard.bytes.toByteArray()).containsOnly(0);
        stage.start("u1");
        stage.play(50);
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(heard.bytes.size()).isEqualTo(200 * 960);
    }

    @Test
    void noSilenceFallsIntoSpeechWhenATickIsEarlyOrLate() {
        var heard = listen(true, Long.MAX_VALUE);
        stage.clock.advance(Duration.ofMillis(215));
        heard.bytes.reset();
        stage.start("u1");
        stage.play(10);
        stage.clock.advance(Duration.ofMillis(1));
        for (int i = 0; i < 40; i++) {
            stage.frame();
            stage.clock.advance(Duration.ofMillis(i % 2 == 0 ? 19 : 21));
        }
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(new String(heard.bytes.toByteArray(), StandardCharsets.ISO_8859_1))
                .contains(new String(Signals.selfIndexing(50 * 480), StandardCharsets.ISO_8859_1));
    }

    @Test
    void whoDoesNotReadLosesFramesAlone() {
        var stalled = listen(false, 1);
        var reading = listen(false, Long.MAX_VALUE);
        stage.start("u1");
        stage.play(1_000);
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(reading.bytes.size()).isEqualTo(1_000 * 960);
        assertThat(stalled.bytes.size()).isEqualTo(960);
        assertThat(stage.broadcast.statuses())
                .extracting(
                        status -> status.losses().gaps(),
                        status -> status.losses().skippedMillis())
                .containsExactly(tuple(1L, (1_000L - 257) * 20), tuple(0L, 0L));
        stalled.request(Long.MAX_VALUE);
        assertThat(stalled.bytes.size()).isLessThan(300 * 960);
    }

    @Test
    void whoLeavesIsForgottenAndTheFeedRests() {
        var heard = listen(true, Long.MAX_VALUE);
        stage.clock.advance(Duration.ofMillis(100));
        assertThat(stage.broadcast.listeners()).isEqualTo(1);
        heard.cancel();
        int then = heard.bytes.size();
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(stage.broadcast.listeners()).isZero();
        assertThat(heard.bytes.size()).isEqualTo(then);
    }

    @Test
    void theFeedEndsWithTheChannel() {
        var heard = listen(true, Long.MAX_VALUE);
        stage.close();
        assertThat(heard.completed).isTrue();
        var late = listen(true, Long.MAX_VALUE);
        assertThat(late.completed).isTrue();
    }

    private Ear listen(boolean silence, long demand) {
        var ear = new Ear(demand);
        stage.broadcast.plain().audio(silence).subscribe(ear);
        stage.clock.settle();
        return ear;
    }

    private static final class Ear extends BaseSubscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long demand;
        private boolean completed;

        private Ear(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(demand);
        }

        @Override
        protected void hookOnNext(ByteBuffer buffer) {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }
    }
}
