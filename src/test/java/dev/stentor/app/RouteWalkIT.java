package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.NewKey;
import dev.stentor.web.access.AccessFilter;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.WebFilter;

/** A walk over all routes of the application: each refuses whoever lacks its right, so that no new route is forgotten. */
class RouteWalkIT {

    /** Routes that are open to everybody: they tell about the software, nothing of this gateway, or are pages that ask for a key. */
    private static final Set<String> OPEN = Set.of("GET /openapi", "GET /kiosk", "GET /monitor");

    /** Sources of routes besides router functions, none of which serves an API of ours. */
    private static final List<String> OTHER_MAPPINGS = List.of(
            "routerFunctionMapping",
            "requestMappingHandlerMapping", // controllers: there are none
            "webEndpointReactiveHandlerMapping", // the actuator, see below
            "controllerEndpointHandlerMapping",
            "healthEndpointWebFluxHandlerMapping",
            "resourceHandlerMapping", // the files of the page
            "welcomePageRouterFunctionMapping"); // the page

    private static final List<String> ACTIONS = List.of("listen", "speak", "manage");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, NewKey> KEYS = new TreeMap<>();

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--gateway.overload.lateness=0",
                "--gateway.engine=dashscope",
                "--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1",
                "--gateway.dashscope.api-key=sk-walk",
                "--gateway.archive.directory=" + folder.resolve("archive"),
                "--gateway.sources.uploads=" + folder.resolve("sounds")));
        for (String action : ACTIONS) {
            NewKey key = NewKey.named(action);
            KEYS.put(action, key);
            arguments.add("--gateway.access.keys[" + ACTIONS.indexOf(action) + "]="
                    + key.line().replaceAll(" listen=.*", " " + action + "=*"));
        }
        gateway = new SpringApplication(GatewayApplication.class).run(arguments.toArray(String[]::new));
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void everyRouteHasALineHere() {
        var expected = new TreeSet<>(ExpectedRights.all().keySet());
        expected.addAll(OPEN);
        assertThat(Routes.of(gateway)).isEqualTo(expected);
        assertThat(OTHER_MAPPINGS)
                .containsAll(gateway.getBeansOfType(HandlerMapping.class).keySet());
    }

    @Test
    void handshakesAreServedBehindAllOtherFilters() {
        List<WebFilter> filters =
                gateway.getBeanProvider(WebFilter.class).orderedStream().toList();
        assertThat(filters.getLast()).isSameAs(gateway.getBean("upgrades"));
        assertThat(filters).hasAtLeastOneElementOfType(AccessFilter.class);
    }

    @Test
    void whoeverShowsNothingIsRefused() throws Exception {
        for (String route : ExpectedRights.all().keySet()) {
            assertThat(status(route, null, null)).as(route).isEqualTo(401);
        }
    }

    @Test
    void whoeverLacksTheRightIsRefusedAndWhoeverHasItPasses() throws Exception {
        for (var route : ExpectedRights.all().entrySet()) {
            for (String action : ACTIONS) {
                int status = status(route.getKey(), action, null);
                if (List.of("any", action).contains(route.getValue())) {
                    assertThat(status).as(route.getKey() + " as " + action).isNotIn(401, 429);
                    assertThat(status == 403 && !isRecording(route.getKey()))
                            .as(route.getKey() + " as " + action)
                            .isFalse();
                } else {
                    assertThat(status).as(route.getKey() + " as " + action).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void aForeignPageIsRefusedWhateverItsKey() throws Exception {
        for (var route : ExpectedRights.all().entrySet()) {
            String action = route.getValue().equals("any") ? "listen" : route.getValue();
            assertThat(status(route.getKey(), action, "https://evil.example"))
                    .as(route.getKey())
                    .isEqualTo(403);
        }
    }

    /** Checks the exceptions: a signature is a credential of its own, and the rest must be there before anybody has a key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/audio/unknown.wav?Expires=1&Signature=x",
                "/livez",
                "/readyz",
                "/",
                "/app.js",
                "/kiosk",
                "/kiosk?channel=lobby",
                "/kiosk-worker.js",
                "/monitor",
                "/vendor/uplot/uPlot.esm.js",
                "/player/player.js"
            })
    void theseNeedNoKey(String path) throws Exception {
        assertThat(answer("GET", path, null, null).statusCode()).isNotEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/metrics", "/actuator/prometheus", "/api-ws/v1/inference", "/api/x"})
    void theseNeedTheRightToManage(String path) throws Exception {
        assertThat(answer("GET", path, null, null).statusCode()).isEqualTo(401);
        assertThat(answer("GET", path, "speak", null).statusCode()).isEqualTo(403);
        assertThat(answer("GET", path, "manage", null).statusCode()).isIn(200, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%76%31/channels/lobby/clear",
                "/v1;x/channels/lobby/clear",
                "/v1/channels;x=1/lobby/clear",
                "/v1/channels/lobby/clear/",
                "//v1/channels/lobby/clear",
                "/x/../v1/channels/lobby/clear",
                "/V1/channels/lobby/clear"
            })
    void anAddressWrittenInAnotherWayIsNoWayRound(String path) throws Exception {
        String answer = raw("POST " + path + " HTTP/1.1\r\n", "Content-Length: 0\r\nConnection: close\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 (401|404|400|405) ");
    }

    @Test
    void handshakesAreRefusedByACloseAndThoseOfTheServicesSdksToo() throws Exception {
        String socket = String.join(
                "\r\n",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "");
        String listen = "GET /v1/channels/lobby/listen HTTP/1.1\r\n";
        assertThat(raw(listen, socket)).startsWith("HTTP/1.1 101 ").contains(close(4401));
        assertThat(raw(listen, socket + "Authorization: Bearer " + secret("speak") + "\r\n"))
                .contains(close(4403));
        assertThat(raw(listen, socket + "Sec-WebSocket-Protocol: stentor.v1, bearer." + secret("manage") + "\r\n"))
                .contains(close(4403), "sec-websocket-protocol: stentor.v1")
                .doesNotContain(secret("manage"));
        String inference = "GET /api-ws/v1/inference HTTP/1.1\r\n";
        String task = frame("{\"header\":{\"action\":\"run-task\",\"task_id\":\"7-7\"}}");
        assertThat(raw(inference, socket, task))
                .startsWith("HTTP/1.1 101 ")
                .contains(close(1007) + "InvalidApiKey", "\"task-failed\"", "\"error_message\":\"InvalidApiKey");
        assertThat(raw(inference, socket + "Authorization: bearer wrong\r\n", task))
                .contains(close(1007));
        String known = socket + "Authorization: bearer " + secret("manage") + "\r\n";
        String lacking = "This gateway has no WebSocket API";
        assertThat(raw("GET /api-ws/v1/realtime/ HTTP/1.1\r\n", known))
                .startsWith("HTTP/1.1 101 ")
                .as("a client that says nothing")
                .contains(close(1007) + lacking);
        assertThat(raw("GET /api-ws/v1/inference/ HTTP/1.1\r\n", known, task))
                .contains("\"task_id\":\"7-7\"", "\"error_message\":\"" + lacking, close(1007) + lacking);
        String update = frame("{\"type\":\"session.update\",\"session\":{}}");
        assertThat(raw("GET /api-ws/v1/realtime?model=qwen3-tts-flash-realtime HTTP/1.1\r\n", known, update))
                .contains("\"type\":\"error\"", "\"message\":\"" + lacking, close(1007) + lacking);
    }

    /** Returns a text frame, masked with zeros. */
    private static String frame(String text) {
        return new String(new char[] {0x81, (char) (0x80 | text.length()), 0, 0, 0, 0}) + text;
    }

    /** Returns the code of a close frame as it stands in its bytes. */
    private static String close(int code) {
        return new String(new byte[] {(byte) (code >> 8), (byte) code}, StandardCharsets.ISO_8859_1);
    }

    private static boolean isRecording(String route) {
        return route.contains("/v1/audio/{id}.wav");
    }

    private static int status(String route, @Nullable String key, @Nullable String origin) throws Exception {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("**", "nothing")
                .replaceAll("\\{\\w+}|(?<=/)\\{[*]\\w+}", "lobby");
        return answer(method.equals("ANY") ? "PUT" : method, path, key, origin).statusCode();
    }

    private static HttpResponse<InputStream> answer(
            String method, String path, @Nullable String key, @Nullable String origin) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (key != null) {
            request.header("Authorization", "Bearer " + secret(key));
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer;
    }

    private static String raw(String line, String headers) throws Exception {
        return raw(line, headers, "");
    }

    /** Sends a request, and something more when the head of its answer is there. */
    private static String raw(String line, String headers, String more) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(60_000);
            String request = line + "Host: 127.0.0.1:" + port() + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (!more.isEmpty() && head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            socket.getOutputStream().write(more.getBytes(StandardCharsets.ISO_8859_1));
            return head + new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String secret(String name) {
        return Objects.requireNonNull(KEYS.get(name)).key();
    }

    private static int port() {
        return Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
    }
}
