package dev.stentor.web.dashscope;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stub of the service's API for making voices, with one answer for each action, on a free loopback port. Thread-safe. */
final class StubService implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    /** An answer of the stub. */
    record Answer(int status, String body) {
        static Answer ok(String body) {
            return new Answer(200, body);
        }
    }

    StubService(Map<String, Answer> answers) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post("/api/v1/services/audio/tts/customization", (request, response) -> {
                    keys.add(String.valueOf(request.requestHeaders().get("authorization")));
                    return request.receive().aggregate().asByteArray().flatMap(body -> {
                        JsonNode json = JSON.readTree(body);
                        requests.add(json);
                        Answer answer = answers.getOrDefault(
                                json.path("input").path("action").asString(""),
                                new Answer(400, "{\"code\":\"InvalidParameter\",\"message\":\"No such action.\"}"));
                        return response.status(answer.status())
                                .header("content-type", "application/json;charset=UTF-8")
                                .header("x-request-id", "upstream-1")
                                .sendString(Mono.just(answer.body()))
                                .then();
                    });
                }))
                .bindNow();
    }

    String base() {
        return "http://127.0.0.1:" + server.port() + "/api/v1";
    }

    List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(server::isDisposed);
    }
}
