package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Http2Peer;
import dev.stentor.web.connection.ConnectionStats.Deadline;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlocksTest {

    private final GuardedStreams guarded = new GuardedStreams();
    private final Http2Peer peer = guarded.peer();

    @AfterEach
    void giveBack() {
        guarded.close();
    }

    @Test
    void halfAHeadCostsTheConnectionHoweverSteadilyItsBytesCome() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        byte[] head = peer.head(1, true, "GET", "/a/long/enough/path");
        for (int i = 0; i < 10; i++) {
            assertThat(channel.isOpen()).isTrue();
            guarded.send(channel, Arrays.copyOfRange(head, i, i + 1));
            guarded.pass(channel, 1);
        }
        guarded.pass(channel, 4);
        assertThat(channel.isOpen()).isFalse();
        assertThat(guarded.missed()).containsExactly(Deadline.HEADER);
    }

    @Test
    void aHeadWithoutItsEndCostsTheConnectionThoughItsFrameIsWhole() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        byte[] head = peer.head(1, true, "GET", "/");
        head[4] &= ~0x4; // END_HEADERS
        guarded.send(channel, head);
        guarded.pass(channel, 9);
        assertThat(channel.isOpen()).isTrue();
        guarded.pass(channel, 1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(guarded.missed()).containsExactly(Deadline.HEADER);
    }

    @Test
    void requestsThatComeTogetherBeginInSeveralTurnsAndNothingIsReadMeanwhile() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        byte[] all = new byte[0];
        for (int stream = 1; stream < 40; stream += 2) {
            all = concat(all, peer.head(stream, true, "GET", "/" + stream));
        }
        int before = guarded.reads();
        int turns = guarded.turns();
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(all));
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();
        assertThat(guarded.turns() - turns).as("of eight requests at most").isEqualTo(3);
        assertThat(guarded.heads()).hasSize(GuardedStreams.MOST_STREAMS);
        assertThat(guarded.reads()).isEqualTo(before + 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void requestsCutAnywhereAreNeverTakenForHalfOnes(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        for (int stream = 1; stream < 200; stream += 2) {
            byte[] request = concat(
                    peer.head(stream, false, "POST", "/" + "a".repeat(random.nextInt(100))),
                    peer.body(stream, true, "x".repeat(random.nextInt(2_000))));
            for (int at = 0; at < request.length; ) {
                int to = Math.min(request.length, at + 1 + random.nextInt(40));
                guarded.send(channel, Arrays.copyOfRange(request, at, to));
                at = to;
            }
            guarded.pass(channel, 11); // more than a head may take
            guarded.answer((stream - 1) / 2, true);
        }
        assertThat(guarded.heads()).hasSize(100);
        assertThat(guarded.missed()).isEmpty();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void aHeadInSeveralFramesIsWholeWithTheLastOfThem() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        byte[] head = peer.head(1, true, "GET", "/");
        byte[] first = Arrays.copyOf(head, 14);
        first[2] = 5; // its length
        first[4] &= ~0x4; // END_HEADERS
        byte[] rest = new byte[head.length - 5];
        System.arraycopy(head, 14, rest, 9, head.length - 14);
        rest[2] = (byte) (head.length - 14);
        rest[3] = 9; // CONTINUATION
        rest[4] = 4; // END_HEADERS
        rest[8] = 1;
        guarded.send(channel, first);
        guarded.pass(channel, 9);
        guarded.send(channel, rest);
        guarded.pass(channel, 9);
        assertThat(guarded.heads()).containsExactly("/");
        assertThat(channel.isOpen()).isTrue();
        assertThat(guarded.missed()).isEmpty();
    }
}
