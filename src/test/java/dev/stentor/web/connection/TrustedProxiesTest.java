package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.web.connection.TrustedProxies.Header;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final List<String> NETWORKS = List.of("10.0.0.0/8", "192.0.2.1", "2001:db8::/32");

    private final TrustedProxies plain = new TrustedProxies(NETWORKS, Header.X_FORWARDED);
    private final TrustedProxies standard = new TrustedProxies(NETWORKS, Header.FORWARDED);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7|198.51.100.7",
                "203.0.113.9, 198.51.100.7|198.51.100.7",
                "203.0.113.9, 198.51.100.7, 10.1.2.3|198.51.100.7",
                "203.0.113.9, 198.51.100.7, 10.1.2.3, 192.0.2.1|198.51.100.7",
                "10.9.9.9, 10.1.2.3|10.9.9.9",
                "rubbish, 198.51.100.7|198.51.100.7",
                "198.51.100.7:4711|198.51.100.7",
                "[2001:db9::7]:4711|2001:db9::7",
                "2001:db9::7|2001:db9::7",
                "rubbish, 10.1.2.3|10.1.2.3",
            })
    void theClientIsTheRightMostHopThatIsNoTrustedProxy(String header, String client) {
        var origin = plain.originOf(address("10.0.0.1"), headers("X-Forwarded-For", header));
        assertThat(Objects.requireNonNull(origin).client()).isEqualTo(address(client));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.7|198.51.100.7",
                "for=203.0.113.9, for=\"[2001:db9::7]:4711\";proto=https;host=example.org, for=10.1.2.3|2001:db9::7",
                "For=\"198.51.100.7:80\";By=10.0.0.1|198.51.100.7",
            })
    void theStandardHeaderSaysTheSame(String header, String client) {
        var origin = standard.originOf(address("10.0.0.1"), headers("Forwarded", header));
        assertThat(Objects.requireNonNull(origin).client()).isEqualTo(address(client));
    }

    @Test
    void nobodyButATrustedProxyIsBelieved() {
        assertThat(plain.originOf(address("198.51.100.1"), headers("X-Forwarded-For", "127.0.0.1")))
                .isNull();
        assertThat(TrustedProxies.NONE.originOf(address("127.0.0.1"), headers("X-Forwarded-For", "192.0.2.9")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "_hidden", "example.org", "1.2.3", "127.0.0.1\u0000"})
    void anAddressThatIsNoneIsNotLookedUp(String header) {
        assertThat(plain.originOf(address("10.0.0.1"), headers("X-Forwarded-For", header)))
                .isNull();
    }

    @Test
    void theHeadersOfTheOtherFamilyAreNotLookedAt() {
        assertThat(plain.originOf(address("10.0.0.1"), headers("Forwarded", "for=198.51.100.7")))
                .isNull();
        assertThat(standard.originOf(address("10.0.0.1"), headers("X-Forwarded-For", "198.51.100.7")))
                .isNull();
    }

    @Test
    void schemeAndHostAreThoseOfTheNearestProxyAndOnlyIfTheyAreSuch() {
        HttpHeaders headers = headers("X-Forwarded-For", "198.51.100.7")
                .add("X-Forwarded-Proto", "gopher, HTTPS")
                .add("X-Forwarded-Host", "evil.example, tts.example:8443");
        var origin = Objects.requireNonNull(plain.originOf(address("10.0.0.1"), headers));
        assertThat(origin.scheme()).isEqualTo("https");
        assertThat(origin.host()).isEqualTo("tts.example:8443");

        headers.set("X-Forwarded-Proto", "javascript").set("X-Forwarded-Host", "tts.example/path");
        var wrong = Objects.requireNonNull(plain.originOf(address("10.0.0.1"), headers));
        assertThat(wrong.scheme()).isNull();
        assertThat(wrong.host()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "2001:db8::/129"})
    void aNetworkThatIsNoneIsRefused(String network) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(network), Header.X_FORWARDED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpHeaders headers(String name, String value) {
        return new DefaultHttpHeaders(false).add(name, value);
    }

    private static InetAddress address(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }
}
