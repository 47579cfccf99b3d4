package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.connection.ConnectionStats.Deadline;
import dev.stentor.web.connection.ConnectionStats.Refusal;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {

    private static final FaultAnswer ANSWERS = (path, fault) -> new FaultAnswer.Body("text/plain", new byte[0]);

    private final List<Refusal> refusals = new ArrayList<>();
    private TrustedProxies proxies = TrustedProxies.NONE;

    @Test
    void oneConnectionTooManyIsClosedAtOnceAndPlaceIsMadeByOneThatEnds() {
        ConnectionLimits limits = limits(2, 0);
        EmbeddedChannel first = connect(limits, "192.0.2.1");
        EmbeddedChannel second = connect(limits, "192.0.2.2");
        assertThat(connect(limits, "192.0.2.3").isOpen()).isFalse();
        assertThat(refusals).containsExactly(Refusal.TOTAL);
        assertThat(limits.open()).isEqualTo(2);

        var _ = first.close();
        assertThat(connect(limits, "192.0.2.3").isOpen()).isTrue();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void oneAddressCannotTakeThePlacesOfOthers() {
        ConnectionLimits limits = limits(10, 2);
        EmbeddedChannel first = connect(limits, "192.0.2.1");
        EmbeddedChannel second = connect(limits, "192.0.2.1");
        assertThat(connect(limits, "192.0.2.1").isOpen()).isFalse();
        assertThat(refusals).containsExactly(Refusal.ADDRESS);
        assertThat(connect(limits, "192.0.2.2").isOpen()).isTrue();
        assertThat(second.isOpen()).isTrue();

        var _ = first.close();
        assertThat(connect(limits, "192.0.2.1").isOpen()).isTrue();
    }

    @Test
    void theAddressesOfOneIpv6NetworkCountAsOne() {
        ConnectionLimits limits = limits(10, 1);
        EmbeddedChannel first = connect(limits, "2001:db8:1:2::1");
        assertThat(connect(limits, "2001:db8:1:2:ffff::9").isOpen()).isFalse();
        assertThat(refusals).containsExactly(Refusal.ADDRESS);
        assertThat(connect(limits, "2001:db8:1:3::1").isOpen()).isTrue();

        var _ = first.close();
        assertThat(connect(limits, "2001:db8:1:2:ffff::9").isOpen()).isTrue();
    }

    @Test
    void theLoopbackAddressIsNotLimitedByAddress() {
        ConnectionLimits limits = limits(10, 1);
        assertThat(connect(limits, "127.0.0.1").isOpen()).isTrue();
        assertThat(connect(limits, "127.0.0.1").isOpen()).isTrue();
        assertThat(connect(limits, "::1").isOpen()).isTrue();
    }

    @Test
    void zeroMeansNoLimit() {
        ConnectionLimits limits = limits(0, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(connect(limits, "192.0.2.1").isOpen()).isTrue();
        }
        assertThat(limits.open()).isEqualTo(100);
    }

    private static EmbeddedChannel connect(ConnectionLimits limits, String address) {
        var channel = new EmbeddedChannel();
        limits.accept(channel, new InetSocketAddress(address, 4711));
        channel.runPendingTasks();
        return channel;
    }

    private ConnectionLimits limits(int max, int byAddress) {
        var settings = new ConnectionSettings(max, byAddress, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new ConnectionLimits(settings, proxies, ANSWERS, new ConnectionStats() {
            @Override
            public void refused(Refusal cause) {
                refusals.add(cause);
            }

            @Override
            public void timedOut(Deadline deadline) {}

            @Override
            public void malformed() {}

            @Override
            public void notAccepted() {}
        });
    }
}
