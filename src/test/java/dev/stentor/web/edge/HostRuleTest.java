package dev.stentor.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class HostRuleTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "Proxy.Example, true",
        "127.0.0.1, true",
        "[::1], true",
        "proxy.example, true",
        "evil.example, false",
        "localhost.evil.example, false"
    })
    void onTheLoopbackAddressOnlyKnownNamesAreAnswered(String host, boolean taken) {
        assertThat(status(new HostRule(true, Set.of("proxy.example")), host))
                .isEqualTo(taken ? HttpStatus.NO_CONTENT : HttpStatus.MISDIRECTED_REQUEST);
    }

    @Test
    void aHostWithAnImpossiblePortIsTheClientsFault() {
        assertThat(statusOf(new HostRule(true, Set.of()), "localhost:99999")).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(statusOf(new HostRule(false, Set.of()), "localhost:99999")).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void onTheNetworkEveryNameIsTaken() {
        assertThat(status(new HostRule(false, Set.of()), "any.example")).isEqualTo(HttpStatus.NO_CONTENT);
    }

    private static Object status(HostRule rule, String host) {
        return statusOf(rule, host + ":8080");
    }

    private static Object statusOf(HostRule rule, String host) {
        var request = MockServerHttpRequest.get("/v1/channels").header("Host", host);
        var exchange = MockServerWebExchange.from(request);
        StepVerifier.create(rule.filter(exchange, passed -> {
                    passed.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
                    return Mono.empty();
                }))
                .verifyComplete();
        return Objects.requireNonNull(exchange.getResponse().getStatusCode());
    }
}
