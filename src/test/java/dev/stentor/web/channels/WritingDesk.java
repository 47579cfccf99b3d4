package dev.stentor.web.channels;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of its own, and a client that writes open texts there. */
final class WritingDesk implements AutoCloseable {

    static final String UTTERANCES = "/v1/channels/lobby/utterances";
    static final String ONE = UTTERANCES + "/u1";
    private static final JsonMapper JSON = new JsonMapper();

    final ScriptedEngine engine = ScriptedEngine.of(request ->
            Flux.fromIterable(Signals.chunks(Signals.selfIndexing(request.text().length() * 50), 960)));
    TestGateway gateway = new TestGateway(engine);

    @Override
    public void close() {
        gateway.close();
    }

    void useRoomFor(long characters) {
        ChannelSettings base = ChannelSettings.conversation();
        use(new ChannelSettings(
                base.preset(),
                base.lead(),
                base.prefetch(),
                100,
                characters,
                base.maxWaiting(),
                base.patience(),
                base.longestPause(),
                base.writing()));
    }

    void use(ChannelSettings settings) {
        gateway.close();
        gateway = new TestGateway(engine, TestGateway.Options.standard().withChannel(settings));
    }

    JsonNode done() throws Exception {
        Awaitility.await().until(() -> get(ONE).body().contains("\"state\":\"done\""));
        return JSON.readTree(get(ONE).body());
    }

    List<String> spoken() {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(gateway.http(path)));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path, body));
    }

    HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(gateway.http(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return TestListener.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
