package dev.stentor.speech.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/** Connection errors that no stub on the loopback can produce. */
class WireFailuresTest {

    @Test
    void noAnswerIsToldByItsCause() {
        unreachable(new UnknownHostException("nowhere"), "The speech service's host name is not known.");
        unreachable(new UnresolvedAddressException(), "The speech service's host name is not known.");
        unreachable(new SSLHandshakeException("unknown"), "No trusted connection to the speech service.");
        unreachable(
                new DecoderException(new SSLHandshakeException("unknown")),
                "No trusted connection to the speech service.");
        unreachable(new ConnectTimeoutException("slow"), "No connection to the speech service.");
        assertThat(WireFailures.unanswered(new PoolAcquirePendingLimitException(1))
                        .failure())
                .isInstanceOf(SpeechFailure.Throttled.class);
        assertThat(WireFailures.unanswered(new TimeoutException()).failure())
                .isInstanceOf(SpeechFailure.Throttled.class);
        assertThat(WireFailures.unanswered(new DecoderException("not HTTP")).failure())
                .isInstanceOf(SpeechFailure.Malformed.class);
    }

    @Test
    void aTlsConnectionThatBreaksCutsTheAnswerOff() {
        assertThat(WireFailures.truncated(new DecoderException(new SSLHandshakeException("bad record")), 7)
                        .failure())
                .isInstanceOfSatisfying(
                        SpeechFailure.Truncated.class,
                        cut -> assertThat(cut.samples()).isEqualTo(7));
    }

    private static void unreachable(Throwable cause, String message) {
        assertThat(WireFailures.unanswered(cause)).hasCause(cause);
        assertThat(WireFailures.unanswered(cause).failure()).isEqualTo(new SpeechFailure.Unreachable(message));
    }
}
