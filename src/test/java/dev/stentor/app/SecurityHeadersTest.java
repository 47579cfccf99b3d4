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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import reactor.core.publisher.Mono;

/** Tests of the headers that tell browsers what an answer may do, on every route there is. */
class SecurityHeadersTest {

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        gateway = SpringApplication.run(
                GatewayApplication.class,
                "--server.port=0",
                "--gateway.engine=local",
                "--gateway.api.frame-ancestors='self',https://radio.example",
                "--gateway.archive.directory=" + folder.resolve("archive"),
                "--gateway.sources.uploads=" + folder.resolve("sounds"));
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void everyRouteHasThem() throws Exception {
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(30);
        for (Route route : routes) {
            assertHeaders(send(route.method(), route.path()), "same-origin");
        }
    }

    @ParameterizedTest(name = "{0} may be loaded by {1}")
    @CsvSource({
        "/, same-origin",
        "/index.html, same-origin",
        "/app.js, same-origin",
        "/player/player.js, cross-origin",
        "/player/player-worklet.js, cross-origin",
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
        String port = gateway.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .timeout(Duration.ofSeconds(60));
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer;
        }
    }

    private record Route(String method, String path) {}

    /** Returns all functional routes, with a name in place of each variable. */
    private static List<Route> routes() {
        var found = new Collector();
        gateway.getBeansOfType(RouterFunctionMapping.class).values().forEach(mapping -> {
            RouterFunction<?> all = mapping.getRouterFunction();
            if (all != null) {
                all.accept(found);
            }
        });
        return found.routes;
    }

    private static final class Collector implements RouterFunctions.Visitor {

        /** A method and a path, as Spring describes a route: {@code (GET && /v1/models)}. */
        private static final Pattern PREDICATE = Pattern.compile("\\b([A-Z]{3,7})\\b.*?(/[^\\s)]*)");

        private final List<Route> routes = new ArrayList<>();

        @Override
        public void startNested(RequestPredicate predicate) {}

        @Override
        public void endNested(RequestPredicate predicate) {}

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            Matcher known = PREDICATE.matcher(predicate.toString());
            if (known.find()) {
                routes.add(new Route(known.group(1), known.group(2).replaceAll("\\{[^}]*}", "name")));
            }
        }

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

        @Override
        public void attributes(Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> routerFunction) {}
    }
}
