package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** Which requests are timed. */
class RequestsWithoutListenersTest {

    private final ObservationPredicate timed = new WebConfiguration().requestsWithoutListeners();

    private boolean isTimed(HttpMethod method, String upgrade) {
        var request = MockServerHttpRequest.method(method, "/v1/channels/lobby/listen")
                .header("Upgrade", upgrade)
                .build();
        return timed.test(
                "http.server.requests",
                new ServerRequestObservationContext(request, new MockServerHttpResponse(), new HashMap<>()));
    }

    @Test
    void connectionsOfListenersAreNot() {
        assertThat(isTimed(HttpMethod.GET, "websocket")).isFalse();
        assertThat(isTimed(HttpMethod.GET, "WebSocket")).isFalse();
    }

    @Test
    void allOthersAre() {
        assertThat(isTimed(HttpMethod.GET, "h2c")).isTrue();
        assertThat(isTimed(HttpMethod.POST, "websocket")).isTrue();
        assertThat(timed.test("other", new Observation.Context())).isTrue();
    }
}
