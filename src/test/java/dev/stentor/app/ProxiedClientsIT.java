package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Tests of the limit by address, with real connections of a trusted proxy. */
class ProxiedClientsIT {

    @TempDir
    private Path folder;

    @Test
    void aClientBehindATrustedProxyHasSoManyPlacesAndNoOtherClientLosesOne() throws Exception {
        try (ConfigurableApplicationContext gateway = WholeGateway.start(
                        folder,
                        "--gateway.engine=local",
                        "--gateway.proxies.trusted=127.0.0.1",
                        "--gateway.connections.max-by-address=2");
                HttpClient proxy = HttpClient.newHttpClient()) {
            URI feed = URI.create("http://127.0.0.1:" + WholeGateway.port(gateway) + "/v1/channels/lobby/events");
            try (InputStream _ = listen(proxy, feed, "198.51.100.7", 200);
                    InputStream _ = listen(proxy, feed, "198.51.100.7", 200)) {
                assertThat(text(listen(proxy, feed, "198.51.100.7", 429))).contains("TooManyConnections");
                listen(proxy, feed, "198.51.100.8", 200).close();
            } finally {
                proxy.shutdownNow(); // or closing it waits for a feed that should have been refused
            }
        }
    }

    private static String text(InputStream body) throws IOException {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream listen(HttpClient proxy, URI feed, String client, int status) throws Exception {
        var request = HttpRequest.newBuilder(feed)
                .header("X-Forwarded-For", client)
                .timeout(Duration.ofMinutes(1))
                .build();
        HttpResponse<InputStream> answer = proxy.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != status) {
            answer.body().close();
        }
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer.body();
    }
}
