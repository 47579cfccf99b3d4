package dev.stentor.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.Caller;
import dev.stentor.access.Credential;
import dev.stentor.web.edge.Vouching;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** The credential of requests that another node sends for the holder of a ticket. */
class VouchedAttemptTest {

    private final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.post("/v1/channels/hall-1/utterances"));

    private Credential credential() {
        var match = RouteRights.of(
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().pathWithinApplication());
        return AttemptReader.read(exchange, match).credential();
    }

    @Test
    void whoIsVouchedForWasAdmittedBefore() {
        String lines = "2\nhall-1\nspeak\n1764500000000\n-\nstudio";
        Vouching.put(exchange, Base64.getUrlEncoder().encodeToString(lines.getBytes(UTF_8)));
        assertThat(credential()).isInstanceOfSatisfying(Credential.Admitted.class, admitted -> {
            assertThat(admitted.caller().name()).isEqualTo("studio");
            assertThat(admitted.caller().kind()).isEqualTo(Caller.Kind.TICKET);
        });
    }

    @Test
    void nobodyElseIs() {
        assertThat(credential()).isEqualTo(new Credential.Absent());
        Vouching.put(exchange, "what no node writes");
        assertThat(credential()).isEqualTo(new Credential.Absent());
    }
}
