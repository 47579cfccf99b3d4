package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Tests of the headers that tell browsers what an answer may do, on every route there is. */
class SecurityHeadersIT {

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        gateway = WholeGateway.start(
                folder, "--gateway.engine=local", "--gateway.api.frame-ancestors='self',https://radio.example");
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void everyRouteHasThem() throws Exception {
        Set<String> routes = Routes.withMethodOf(gateway);
        assertThat(routes).hasSizeGreaterThan(30);
        for (String route : routes) {
            int path = route.indexOf(' ');
            String named = route.substring(path + 1).replaceAll("\\{[^}]*}", "name");
            assertHeaders(send(route.substring(0, path), named), "same-origin");
        }
    }

    @ParameterizedTest(name = "{0} may be loaded by {1}")
    @CsvSource({
        "/, same-origin",
        "/index.html, same-origin",
        "/app.js, same-origin",
        "/kiosk, same-origin",
        "/monitor, same-origin",
        "/v1/channels/lobby/audio.ogg, same-origin",
        "/v1/channels/lobby/audio.ogg?ticket=stt_x, cross-origin",
        "/v1/channels/lobby/audio.wav?ticket=stt_x, cross-origin",
        "/v1/channels/lobby/audio.mp3?ticket=stt_x, cross-origin",
        "/v1/channels/lobby?ticket=stt_x, same-origin",
        "/player/player.js, cross-origin",
        "/player/dist/stentor-worklet.js, cross-origin",
        "/v1/audio/nothing.wav, same-origin",
        "/v1/audio/nothing.wav?Expires=1&Signature=x, cross-origin",
        "/v1/nothing, same-origin",
        "/api/nothing, same-origin",
        "/nothing, same-origin"
    })
    void onlyThePlayerAndSignedRecordingsAreForPagesOfOtherOrigins(String path, String policy) throws Exception {
        assertHeaders(send("GET", path), policy);
    }

    private static void assertHeaders(HttpResponse<InputStream> answer, String resourcePolicy) throws IOException {
        answer.body().close();
        String where = answer.request().method() + " " + answer.uri().getPath();
        assertThat(answer.headers().firstValue("content-security-policy"))
                .as(where)
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'",
                                "script-src 'self'",
                                "frame-ancestors 'self' https://radio.example")
                        .doesNotContain("unsafe", "*"));
        assertThat(answer.headers().firstValue("cross-origin-opener-policy"))
                .as(where)
                .hasValue("same-origin");
        assertThat(answer.headers().firstValue("cross-origin-resource-policy"))
                .as(where)
                .hasValue(resourcePolicy);
        assertThat(answer.headers().firstValue("x-content-type-options"))
                .as(where)
                .hasValue("nosniff");
        assertThat(answer.headers().firstValue("referrer-policy")).as(where).hasValue("no-referrer");
    }

    private static HttpResponse<InputStream> send(String method, String path) throws Exception {
        int port = WholeGateway.port(gateway);
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .timeout(Duration.ofSeconds(60));
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer;
        }
    }
}
