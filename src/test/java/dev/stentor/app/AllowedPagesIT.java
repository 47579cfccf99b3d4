package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.NewKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Tests of what a page of another origin that has the player may ask and read, on a whole gateway with keys. */
class AllowedPagesIT {

    private static final String ALLOWED = "https://shop.example";
    private static final String FOREIGN = "https://evil.example";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final NewKey KEY = NewKey.named("page");

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        gateway = WholeGateway.startBefore(
                "http://127.0.0.1:9/api/v1",
                "sk-pages",
                folder,
                "--gateway.listen.origins=" + ALLOWED,
                "--gateway.access.keys[0]=" + KEY.line().replaceAll(" listen=.*", " listen=* speak=* manage=*"));
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /v1/voices",
        "GET, /v1/models",
        "POST, /v1/tickets",
        "POST, /v1/channels/lobby/utterances",
        "DELETE, /v1/channels/lobby/utterances/u1",
        "POST, /v1/channels/lobby/clear",
        "POST, /v1/channels/lobby/control",
        "PATCH, /v1/channels/lobby/mix",
        "GET, /v1/channels/lobby/events",
        "POST, /v1/audio/speech",
        "GET, /player/dist/stentor-worklet.js"
    })
    void anAllowedPageIsToldBeforehandThatItMayAskAndAForeignOneIsNot(String method, String path) throws Exception {
        HttpResponse<String> allowed = preflight(method, path, ALLOWED);
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(header(allowed, "access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(header(allowed, "access-control-allow-methods")).contains(method);
        assertThat(header(allowed, "access-control-allow-headers")).contains("authorization", "content-type");
        assertThat(header(allowed, "access-control-max-age")).isEqualTo("600");
        assertThat(allowed.headers().firstValue("access-control-allow-credentials"))
                .as("cookies are of no use here")
                .isEmpty();
        HttpResponse<String> foreign = preflight(method, path, FOREIGN);
        assertThat(foreign.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(foreign.headers().allValues("vary")).contains("Origin");
    }

    @Test
    void anAllowedPageReadsAnswersAndRefusalsAlike() throws Exception {
        for (List<String> asked : List.of(
                List.of("GET", "/v1/voices", "", "200"),
                List.of("POST", "/v1/tickets", "{\"channel\":\"lobby\"}", "201"),
                List.of("POST", "/v1/channels/lobby/utterances", "{\"text\":\"\"}", "400"),
                List.of("POST", "/v1/channels/nowhere/control", "{\"mute\":true}", "404"),
                List.of("GET", "/v1/nothing", "", "404"))) {
            HttpResponse<String> answer = send(asked.get(0), asked.get(1), asked.get(2), ALLOWED, KEY.key());
            assertThat(String.valueOf(answer.statusCode())).as(asked.toString()).isEqualTo(asked.get(3));
            assertThat(header(answer, "access-control-allow-origin"))
                    .as(asked.toString())
                    .isEqualTo(ALLOWED);
            assertThat(header(answer, "access-control-expose-headers")).contains("Retry-After", "Location");
            assertThat(send(asked.get(0), asked.get(1), asked.get(2), FOREIGN, KEY.key())
                            .statusCode())
                    .as("a foreign page: " + asked)
                    .isEqualTo(403);
        }
        HttpResponse<String> without = send("GET", "/v1/voices", "", ALLOWED, "");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(header(without, "access-control-allow-origin")).isEqualTo(ALLOWED);
    }

    /** Checks what OpenAI's client for browsers sends and reads; the names of its own headers begin with {@code x-stainless-}. */
    @Test
    void anAllowedPageUsesOpenAisClientAndReadsWhyItWasRefused() throws Exception {
        var asked = HttpRequest.newBuilder(at("/v1/audio/speech"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", ALLOWED)
                .header("Access-Control-Request-Method", "POST")
                .header(
                        "Access-Control-Request-Headers",
                        "authorization,content-type,user-agent,x-stainless-arch,x-stainless-lang,x-stainless-os,"
                                + "x-stainless-package-version,x-stainless-retry-count,x-stainless-runtime,"
                                + "x-stainless-runtime-version,x-stainless-timeout,idempotency-key,cache-control,range");
        HttpResponse<String> allowed = HTTP.send(asked.build(), BodyHandlers.ofString());
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(header(allowed, "access-control-allow-headers"))
                .contains("x-stainless-os", "x-stainless-retry-count", "idempotency-key", "range");
        HttpResponse<String> refused = send("POST", "/v1/audio/speech", "{}", ALLOWED, KEY.key());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(header(refused, "access-control-expose-headers"))
                .contains("Retry-After", "X-Request-Id", "Content-Range", "Accept-Ranges", "ETag", "WWW-Authenticate");
    }

    @Test
    void whoeverKeepsAnAnswerLearnsThatItDiffersByOrigin() throws Exception {
        for (String path : List.of("/player/dist/stentor-player.js", "/v1/voices")) {
            assertThat(send("GET", path, "", "", KEY.key()).headers().allValues("vary"))
                    .as(path)
                    .contains("Origin");
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> preflight(String method, String path, String origin) throws Exception {
        var request = HttpRequest.newBuilder(at(path))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type");
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, String body, String origin, String key)
            throws Exception {
        var request = HttpRequest.newBuilder(at(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + WholeGateway.port(gateway) + path);
    }
}
