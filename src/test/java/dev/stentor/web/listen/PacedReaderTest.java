package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.publisher.TestPublisher;

class PacedReaderTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final TestPublisher<WebSocketFrame> client = TestPublisher.create();
    private final List<String> received = new ArrayList<>();
    private final AtomicBoolean answersAreRead = new AtomicBoolean(true);
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger slowedDown = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private long micros;
    private PacedReader reader;
    private Disposable reading;

    @BeforeEach
    void begin() {
        channel.freezeTime();
        reader = new PacedReader(
                channel.eventLoop(), () -> micros, new MessageBudget(200, 3), answersAreRead::get, stats(), frame -> {
                    received.add(((TextWebSocketFrame) frame).text());
                    frame.release();
                });
        reading = reader.read(client.flux().doOnRequest(requested::addAndGet))
                .subscribe(_ -> {}, _ -> ends.incrementAndGet(), ends::incrementAndGet);
    }

    @AfterEach
    void end() {
        reading.dispose();
        channel.finishAndReleaseAll();
    }

    @Test
    void oneMessageIsAskedForAtATime() {
        assertThat(demand()).isEqualTo(1);
        say("a");
        assertThat(demand()).isEqualTo(1);
        assertThat(received).containsExactly("a");
    }

    @Test
    void afterTheBurstMessagesAreReadAtTheirPace() {
        say("a", "b", "c");
        assertThat(demand()).isEqualTo(1);
        say("d");
        assertThat(demand()).isZero();
        assertThat(slowedDown).hasValue(1);
        pass(4);
        assertThat(demand()).isZero();
        pass(1);
        assertThat(demand()).isEqualTo(1);
    }

    @Test
    void aPausedClientWhoseAnswersAreUnreadWaitsForBoth() {
        say("a", "b", "c", "d");
        answersAreRead.set(false);
        pass(5);
        assertThat(demand()).isZero();
        answersAreRead.set(true);
        reader.answersWereRead();
        assertThat(demand()).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesItsAnswersUnreadIsNotReadUntilItHasReadThem() {
        answersAreRead.set(false);
        say("a");
        assertThat(demand()).isZero();
        answersAreRead.set(true);
        reader.answersWereRead();
        assertThat(demand()).isEqualTo(1);
        reader.answersWereRead();
        assertThat(demand()).isEqualTo(1);
    }

    @Test
    void aMessageIsServedAtOnceWhileTheNextOneWouldBeReadAtOnce() {
        assertThat(reader.mayServeAtOnce()).isTrue();
        reader.served();
        reader.served();
        assertThat(reader.mayServeAtOnce()).as("the burst is three").isTrue();
        reader.served();
        assertThat(reader.mayServeAtOnce()).isFalse();
        pass(5);
        assertThat(reader.mayServeAtOnce()).isTrue();
    }

    @Test
    void whatIsServedAtOnceCountsAgainstTheSameBudget() {
        reader.served();
        reader.served();
        reader.served();
        say("a");
        assertThat(demand()).isZero();
        assertThat(slowedDown).hasValue(1);
    }

    @Test
    void nothingIsServedAtOnceBeforeAMessageThatWaitsOrWhileAnswersAreUnread() {
        answersAreRead.set(false);
        assertThat(reader.mayServeAtOnce()).isFalse();
        say("a");
        answersAreRead.set(true);
        assertThat(reader.mayServeAtOnce())
                .as("the next message was not asked for")
                .isFalse();
        reader.answersWereRead();
        assertThat(reader.mayServeAtOnce()).isTrue();
    }

    @Test
    void theEndOfTheConnectionIsTheEnd() {
        client.complete();
        assertThat(ends).hasValue(1);
    }

    @Test
    void whoStopsReadingGivesUpTheConnectionsMessages() {
        reading.dispose();
        client.assertCancelled();
    }

    private void say(String... texts) {
        for (String text : texts) {
            client.next(new TextWebSocketFrame(text));
        }
    }

    private long demand() {
        return requested.get() - received.size();
    }

    private void pass(long millis) {
        micros += millis * 1_000;
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private ListenStats stats() {
        return new ListenStats() {
            @Override
            public void slowedDown() {
                slowedDown.incrementAndGet();
            }

            @Override
            public void overflowed() {}
        };
    }
}
