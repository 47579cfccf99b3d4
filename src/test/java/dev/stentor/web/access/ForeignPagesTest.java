package dev.stentor.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.TestAccess;
import dev.stentor.web.edge.CrossOriginHeaders;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Requests that a web page sends through its visitor's browser, as the filters meet them. */
class ForeignPagesTest {

    private static final String ALLOWED = TestAccess.ALLOWED_PAGE;

    private final CrossOriginHeaders headers = new CrossOriginHeaders(Set.of(ALLOWED));
    private final AccessFilter filter = TestAccess.open().filter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/channels/a/clear",
                "/v1/channels/a/pause",
                "/%76%31/channels/a/clear",
                "/v1;x/channels/a/clear",
                "/v1/voices",
                "/v1/audio/speech",
                "/api/v1/services/aigc/multimodal-generation/generation",
                "/api-ws/v1/inference"
            })
    void aForeignPageCannotPostAnything(String path) {
        assertThat(status(post(path).header("Origin", "https://evil.example"))).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(status(post(path).header("Origin", "null"))).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(status(post(path).header("Sec-Fetch-Site", "cross-site"))).isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void aForeignPageCannotHaveSomethingSpokenByAPictureOrAFrame() {
        String preview = "/v1/voices/Cherry/preview";
        assertThat(status(get(preview).header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Mode", "no-cors")))
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(status(get(preview)
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "iframe")))
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void aLinkThatTheUserOpensPasses() {
        assertThat(status(get("/v1/channels")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document")))
                .isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(status(post("/v1/channels/a/clear")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document")))
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080", "https://localhost:8080", "HTTP://LOCALHOST:8080"})
    void ourOwnPagesPassUnderAnyScheme(String origin) {
        assertThat(status(post("/v1/channels/a/clear").header("Origin", origin)))
                .isEqualTo(HttpStatus.NO_CONTENT);
    }

    @Test
    void programsSendNoOriginAndPass() {
        assertThat(status(post("/v1/channels/a/clear"))).isEqualTo(HttpStatus.NO_CONTENT);
    }

    @Test
    void aSignedRecordingPlaysInAnyPageWhoeverSendsOtherRequestsThere() {
        assertThat(status(get("/v1/audio/a.wav?Expires=1&Signature=x").header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(status(post("/v1/audio/speech?Signature=x").header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void aListBesideTheRecordingsIsNoSignedRecording() {
        assertThat(status(get("/v1/audio/voices?Signature=x").header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void thePageItselfIsNotGuarded() {
        assertThat(status(get("/index.html").header("Origin", "https://evil.example")))
                .isEqualTo(HttpStatus.NO_CONTENT);
    }

    @Test
    void anAllowedPageMayReadTheAnswer() {
        MockServerHttpResponse answer = answer(get("/v1/voices").header("Origin", ALLOWED));
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(answer.getHeaders().getAccessControlAllowOrigin()).isEqualTo(ALLOWED);
        assertThat(answer.getHeaders().getVary()).contains(HttpHeaders.ORIGIN);
    }

    @Test
    void anAllowedPageMayTakeThePlayerAndItsWorkletFromTheGateway() {
        for (String file : List.of("stentor-player.js", "stentor-worker.js", "stentor-worklet.js")) {
            String path = "/player/dist/" + file;
            assertThat(answer(get(path).header("Origin", ALLOWED)).getHeaders().getAccessControlAllowOrigin())
                    .isEqualTo(ALLOWED);
            assertThat(answer(get(path).header("Origin", "https://evil.example"))
                            .getHeaders()
                            .getAccessControlAllowOrigin())
                    .isNull();
        }
    }

    @Test
    void anAllowedPageIsToldBeforehandThatItMaySend() {
        MockServerHttpResponse answer = answer(MockServerHttpRequest.options("http://localhost:8080/v1/voices")
                .header("Origin", ALLOWED)
                .header("Access-Control-Request-Method", "DELETE")
                .header("Access-Control-Request-Headers", "content-type"));
        assertThat(answer.getStatusCode()).isIn(null, HttpStatus.OK);
        assertThat(answer.getHeaders().getAccessControlAllowOrigin()).isEqualTo(ALLOWED);
        assertThat(answer.getHeaders().getAccessControlAllowMethods()).contains(HttpMethod.DELETE);
    }

    @Test
    void aRefusalHasTheFormOfTheApiThatWasAsked() {
        assertThat(body("/v1/channels/a/clear")).contains("\"code\":\"OriginNotAllowed\"", "\"status\":403");
        assertThat(body("/v1/audio/speech")).contains("{\"error\":{\"message\":");
        assertThat(body("/api/v1/x")).contains("\"code\":\"AccessDenied\"", "\"request_id\":");
    }

    private String body(String path) {
        return Objects.requireNonNull(answer(post(path).header("Origin", "https://evil.example"))
                .getBodyAsString()
                .block());
    }

    private static MockServerHttpRequest.BaseBuilder<?> get(String path) {
        return MockServerHttpRequest.get("http://localhost:8080" + path).header("Host", "localhost:8080");
    }

    private static MockServerHttpRequest.BaseBuilder<?> post(String path) {
        return MockServerHttpRequest.method(HttpMethod.POST, URI.create("http://localhost:8080" + path))
                .header("Host", "localhost:8080");
    }

    private Object status(MockServerHttpRequest.BaseBuilder<?> request) {
        return Objects.requireNonNull(answer(request).getStatusCode());
    }

    private MockServerHttpResponse answer(MockServerHttpRequest.BaseBuilder<?> request) {
        var exchange = MockServerWebExchange.from(request);
        WebFilterChain end = passed -> {
            passed.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            return Mono.empty();
        };
        StepVerifier.create(headers.filter(exchange, admitted -> filter.filter(admitted, end)))
                .verifyComplete();
        return exchange.getResponse();
    }
}
