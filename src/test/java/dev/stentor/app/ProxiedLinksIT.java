package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the addresses of recordings behind a proxy. */
class ProxiedLinksIT {

    private static final String PATH = "/api/v1/services/aigc/multimodal-generation/generation";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"tts.example, https://tts.example/v1/audio/", "tts.example:8443, https://tts.example:8443/v1/audio/"})
    void linksAreWrittenAsClientsOfATrustedProxyReachTheGateway(String host, String link) throws Exception {
        assertThat(linkWith(host, "--gateway.proxies.trusted=127.0.0.1")).startsWith(link);
    }

    @Test
    void nobodyElseCanChooseTheHostOfALink() throws Exception {
        assertThat(linkWith("evil.example")).startsWith("http://127.0.0.1:");
        assertThat(linkWith("evil.example", "--gateway.proxies.trusted=192.0.2.1"))
                .startsWith("http://127.0.0.1:");
    }

    private String linkWith(String forwardedHost, String... more) throws Exception {
        String proxies = more.length == 0 ? "--gateway.proxies.header=x-forwarded" : more[0];
        try (ConfigurableApplicationContext gateway = WholeGateway.start(folder, "--gateway.engine=local", proxies);
                HttpClient client = HttpClient.newHttpClient()) {
            int port = WholeGateway.port(gateway);
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer any")
                    .header("X-Forwarded-For", "198.51.100.7")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", forwardedHost)
                    .timeout(Duration.ofMinutes(2))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"Hi.\",\"voice\":\"Cherry\"}}"));
            String answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return new JsonMapper()
                    .readTree(answer)
                    .path("output")
                    .path("audio")
                    .path("url")
                    .asString();
        }
    }
}
