package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pings of a connection, by the clock of an event loop that stands still. */
class HeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(20);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger deaths = new AtomicInteger();
    private final Heartbeat heartbeat =
            new Heartbeat(channel.eventLoop(), INTERVAL, pings::incrementAndGet, deaths::incrementAndGet);

    @BeforeEach
    void timeStandsStill() {
        channel.freezeTime();
        channel.advanceTimeBy(1, TimeUnit.SECONDS); // the first beat is up to a twentieth of the interval late
    }

    @AfterEach
    void closed() {
        heartbeat.stop();
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientThatSaysSomethingInEachIntervalIsNotPinged() {
        for (int i = 0; i < 10; i++) {
            heartbeat.heard(new TextWebSocketFrame("report"));
            interval();
        }
        assertThat(pings).hasValue(0);
    }

    @Test
    void aClientThatOnlyAnswersPingsIsPingedInEachInterval() {
        for (int i = 0; i < 10; i++) {
            interval();
            heartbeat.heard(new PongWebSocketFrame());
        }
        assertThat(pings).hasValue(10);
        assertThat(deaths).hasValue(0);
    }

    @Test
    void aClientThatFallsSilentIsGivenUpAfterTwoPingsWithoutAnAnswer() {
        heartbeat.heard(new TextWebSocketFrame("report"));
        interval();
        interval();
        interval();
        assertThat(pings).hasValue(2);
        assertThat(deaths).hasValue(0);
        interval();
        interval();
        assertThat(pings).hasValue(2);
        assertThat(deaths).hasValue(1);
    }

    @Test
    void theBeatsOfConnectionsThatOpenedWithinASecondFallTogether() {
        heartbeat.stop();
        List<Heartbeat> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new Heartbeat(channel.eventLoop(), INTERVAL, pings::incrementAndGet, deaths::incrementAndGet));
            channel.advanceTimeBy(37, TimeUnit.MILLISECONDS);
        }
        int wakings = 0;
        for (int i = 0; i < 21 * 100; i++) {
            int before = pings.get();
            channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            wakings += pings.get() > before ? 1 : 0;
        }
        assertThat(pings).hasValue(20);
        assertThat(wakings).isLessThanOrEqualTo(2);
        all.forEach(Heartbeat::stop);
    }

    private void interval() {
        channel.advanceTimeBy(INTERVAL.toSeconds(), TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
