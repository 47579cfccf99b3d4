package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.audio.SpeechTime;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.EntryBatch;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A channel whose node speaks another version of the form in which entries travel. */
class UnreadableChannelTest {

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 100);
    private final RelayNode node = new RelayNode(
            "b",
            0,
            clock,
            new MortalCluster(cluster),
            ScriptedEngine.speaking(new byte[SpeechTime.FRAME_BYTES], SpeechTime.FRAME_BYTES),
            new HashMap<>());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void watchTheLog() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void end() {
        logger().detachAppender(log);
        node.close();
        clock.advance(Duration.ofSeconds(20));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(HeardChannel.class);
    }

    @Test
    void itIsLoggedOnceHoweverOftenSomebodyWantsToHearIt() {
        long epoch = requireNonNull(
                        cluster.lease(LOBBY.value(), "x", Duration.ofHours(1)).block(Duration.ZERO))
                .epoch();
        var entry = new ChannelEntry(new EntryId(epoch, 1), ByteBuffer.wrap(new byte[] {99, 99}));
        var _ = cluster.append(LOBBY.value(), new EntryBatch(List.of(entry)), false)
                .block(Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            var heard = node.shared.hear(LOBBY).hasElement().toFuture();
            clock.advance(Duration.ofSeconds(1));
            assertThat(heard.getNow(null)).isFalse();
        }
        assertThat(log.list).hasSize(1);
    }
}
