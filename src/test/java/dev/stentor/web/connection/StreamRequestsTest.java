package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Http2Peer;
import dev.stentor.web.connection.ConnectionStats.Deadline;
import dev.stentor.web.connection.ConnectionStats.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamRequestsTest {

    /** An empty frame of the type DATA, whose stream is 0. */
    private static final byte[] DATA_OF_NO_STREAM = new byte[9];

    private final GuardedStreams guarded = new GuardedStreams();
    private final Http2Peer peer = guarded.peer();

    @AfterEach
    void giveBack() {
        guarded.close();
    }

    @Test
    void aWholeRequestReachesItsStream() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, false, "POST", "/v1/x"), peer.body(1, true, "{}"));
        assertThat(guarded.heads()).containsExactly("/v1/x");
        guarded.answer(0, true);
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 1 :status=200", "DATA 1 5 end");
        assertThat(guarded.missed()).isEmpty();
    }

    @Test
    void aConnectionIsClosedWhenItHasHadNoRequestForTooLong() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.pass(channel, 29);
        guarded.send(channel, peer.ping());
        assertThat(channel.isOpen()).isTrue();
        guarded.pass(channel, 1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(guarded.missed()).containsExactly(Deadline.IDLE);
    }

    @Test
    void aClientThatTakesNothingIsNotReadUntilItDoes() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        int before = guarded.reads();
        guarded.takes(channel, false);
        guarded.send(channel, peer.ping());
        assertThat(guarded.reads()).isEqualTo(before);
        guarded.takes(channel, true);
        assertThat(guarded.reads()).isEqualTo(before + 1);
        guarded.send(channel, peer.ping());
        assertThat(guarded.reads()).isEqualTo(before + 2);
    }

    @Test
    void aClientThatBreaksTheProtocolIsCutThoughItsStreamsAreOpen() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, true, "GET", "/feed"), DATA_OF_NO_STREAM);
        guarded.pass(channel, 2);
        assertThat(channel.isOpen()).isFalse();
        assertThat(guarded.malformed()).isEqualTo(1);
    }

    /** Checks the order: a stream that is open when TLS has ended would fail in the middle of its next write. */
    @Test
    void theStreamsOfAClientThatBreaksTheProtocolEndBeforeTheConnection() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(
                channel, peer.head(1, true, "GET", "/feed"), peer.head(3, true, "GET", "/feed"), DATA_OF_NO_STREAM);
        assertThat(guarded.seen(channel))
                .startsWith("RST_STREAM 1 8", "RST_STREAM 3 8")
                .hasSize(3);
    }

    @Test
    void theTimeForTheNextRequestBeginsWithTheEndOfTheLastAnswer() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, true, "GET", "/"), peer.head(3, true, "GET", "/"));
        guarded.pass(channel, 3_600);
        guarded.answer(0, true);
        guarded.pass(channel, 3_600);
        guarded.answer(1, true);
        guarded.pass(channel, 29);
        assertThat(channel.isOpen()).isTrue();
        guarded.pass(channel, 1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void halfABodyIsAnswered408AndTheOtherRequestsOfTheConnectionGoOn() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, true, "GET", "/other"), peer.head(3, false, "POST", "/"));
        for (int i = 0; i < 12; i++) {
            guarded.send(channel, peer.body(3, false, "x"));
            guarded.pass(channel, 5);
        }
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 3 :status=408 end", "RST_STREAM 3 0");
        assertThat(guarded.missed()).containsExactly(Deadline.BODY);
        guarded.send(channel, peer.body(3, true, "too late"));
        guarded.answer(0, true);
        assertThat(guarded.seen(channel)).endsWith("HEADERS 1 :status=200", "DATA 1 5 end");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aBodyWhoseAnswerHasBegunIsResetWithoutASecondAnswer() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, false, "POST", "/"));
        guarded.answer(0, false);
        guarded.pass(channel, 60);
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 1 :status=200", "DATA 1 5", "RST_STREAM 1 8");
    }

    @Test
    void linesThatAreSpokenAsTheyComeHaveNoDeadline() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, false, "POST", "/", "content-type", "application/x-ndjson; charset=utf-8"));
        guarded.pass(channel, 3_600);
        assertThat(guarded.missed()).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aRequestThatIsResetAtOnceIsNeverBegun() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(peer.head(1, true, "GET", "/reset")));
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(peer.reset(1)));
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(peer.head(3, true, "GET", "/good")));
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();
        assertThat(guarded.heads()).containsExactly("/good");
    }

    @Test
    void aRequestOfAWrongFormIsAnsweredAndTheOthersGoOn() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, true, "GET", "/a%zz?key=secret"), peer.head(3, false, "POST", "no-path"));
        assertThat(guarded.seen(channel))
                .containsExactly(
                        "HEADERS 1 :status=400",
                        "DATA 1 20 end",
                        "HEADERS 3 :status=400",
                        "DATA 3 16 end",
                        "RST_STREAM 3 0");
        assertThat(peer.bodies()).isEqualTo("InvalidAddress /a%zzInvalidAddress /");
        assertThat(guarded.malformed()).isEqualTo(2);
        guarded.send(channel, peer.head(5, true, "GET", "/good"));
        assertThat(guarded.heads()).containsExactly("/good");
    }

    @Test
    void aHostThatSaysTheSameAsTheAuthorityIsNoFaultAnotherOneIs() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, true, "GET", "/", "host", "LOCALHOST"));
        guarded.send(channel, peer.head(3, true, "GET", "/", "host", "elsewhere"));
        assertThat(guarded.heads()).hasSize(1);
        assertThat(peer.bodies() + guarded.seen(channel)).contains("HEADERS 3 :status=400");
    }

    @Test
    void anAnswerToHeadHasNoBody() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        guarded.send(channel, peer.head(1, true, "HEAD", "/a%zz"));
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 1 :status=400 end");
    }

    @Test
    void eachFurtherRequestCountsAsAConnection() {
        ConnectionLimits limits = guarded.limits(3, 0);
        EmbeddedChannel channel = guarded.connect(limits);
        guarded.send(
                channel,
                peer.head(1, true, "GET", "/"),
                peer.head(3, true, "GET", "/"),
                peer.head(5, true, "GET", "/"));
        assertThat(limits.open()).isEqualTo(3);
        guarded.send(channel, peer.head(7, true, "GET", "/"));
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 7 :status=503", "DATA 7 20 end");
        assertThat(guarded.refusals()).containsExactly(Refusal.TOTAL);
        guarded.answer(0, true);
        assertThat(limits.open()).isEqualTo(2);
        guarded.send(channel, peer.head(9, true, "GET", "/"));
        assertThat(guarded.heads()).hasSize(4);

        var _ = channel.close();
        channel.runPendingTasks();
        assertThat(limits.open()).isZero();
    }

    @Test
    void streamsBeyondTheLimitAreRefusedThoughTheClientNeverAgreedToIt() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0));
        for (int stream = 1; stream <= 2 * GuardedStreams.MOST_STREAMS + 1; stream += 2) {
            guarded.send(channel, peer.head(stream, true, "GET", "/"));
        }
        assertThat(guarded.seen(channel)).containsExactly("RST_STREAM 13 7");
        assertThat(guarded.refusals()).containsExactly(Refusal.STREAMS);
        assertThat(guarded.heads()).hasSize(GuardedStreams.MOST_STREAMS);
    }

    @Test
    void whoDoesNotTakeTheAnswerToAFaultHoldsNoStreamForIt() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 0), new Http2Settings().initialWindowSize(0));
        guarded.send(channel, peer.head(1, true, "GET", "/a%zz"));
        guarded.pass(channel, 60);
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 1 :status=400", "RST_STREAM 1 8");
    }

    @Test
    void oneAddressCannotTakeThePlacesOfOthersByRequestsOfOneConnection() {
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 2));
        for (int stream = 1; stream <= 5; stream += 2) {
            guarded.send(channel, peer.head(stream, true, "GET", "/"));
        }
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 5 :status=429", "DATA 5 20 end");
        assertThat(guarded.refusals()).containsExactly(Refusal.ADDRESS);
    }

    @Test
    void clientsBehindATrustedProxyAreCountedByTheirOwnAddress() {
        guarded.trust(new TrustedProxies(List.of("192.0.2.1"), TrustedProxies.Header.X_FORWARDED));
        EmbeddedChannel channel = guarded.connect(guarded.limits(0, 1));
        guarded.send(channel, peer.head(1, true, "GET", "/", "x-forwarded-for", "198.51.100.1"));
        guarded.send(channel, peer.head(3, true, "GET", "/", "x-forwarded-for", "198.51.100.2"));
        guarded.send(channel, peer.head(5, true, "GET", "/", "x-forwarded-for", "198.51.100.1"));
        assertThat(guarded.seen(channel)).containsExactly("HEADERS 5 :status=429", "DATA 5 20 end");
        guarded.answer(0, true);
        guarded.send(channel, peer.head(7, true, "GET", "/", "x-forwarded-for", "198.51.100.1"));
        assertThat(guarded.heads()).hasSize(3);
    }
}
