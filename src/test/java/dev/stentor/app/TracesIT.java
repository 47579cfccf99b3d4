package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import dev.stentor.testing.TraceReceiver;
import dev.stentor.testing.TraceReceiver.Step;
import dev.stentor.web.TestListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Traces of a whole gateway, as a receiver of OTLP gets them. */
class TracesIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "b7ad6b7169203331";
    private static final byte[] SOUND = Signals.selfIndexing(4_800);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final AtomicInteger refusals = new AtomicInteger();
    private final ScriptedServer cloud = ScriptedServer.playing(connection -> {
        while (true) {
            connection.readRequest();
            connection.write(
                    refusals.getAndDecrement() > 0
                            ? "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
                            : CloudAnswer.of(SOUND));
        }
    });
    private TraceReceiver receiver;
    private @Nullable ConfigurableApplicationContext started;

    @BeforeEach
    void start() throws Exception {
        receiver = new TraceReceiver();
    }

    @AfterEach
    void end() throws Exception {
        gateway().close();
        receiver.close();
        cloud.close();
    }

    @Test
    void anUtteranceIsOneTreeFromTheRequestToTheServiceAndHoldsNoText() throws Exception {
        startTraced("50ms");
        refusals.set(1);
        assertThat(post("/v1/channels/lobby/utterances", "{\"text\":\"A secret sentence.\"}", sender("01"))
                        .statusCode())
                .isEqualTo(201);
        Step utterance = receiver.await("utterance", step -> step.name().equals("utterance"));
        assertThat(utterance.trace()).isEqualTo(TRACE);
        assertThat(utterance.parent()).isEqualTo(SENDER);
        assertThat(utterance.events()).containsExactly("engine asked", "first sound", "released");
        assertThat(utterance.values())
                .containsEntry("stentor.channel", "lobby")
                .containsEntry("stentor.characters", "18")
                .containsEntry("stentor.samples", "4800")
                .containsEntry("stentor.end", "done")
                .containsKey("stentor.utterance");
        Step refused = receiver.await("refused call", step -> !step.failure().isEmpty());
        Step call = receiver.await(
                "second call", step -> isCall(step) && step.failure().isEmpty());
        assertThat(List.of(refused, call)).allSatisfy(step -> {
            assertThat(step.name()).isEqualTo("engine call");
            assertThat(step.trace()).isEqualTo(TRACE);
            assertThat(step.parent()).isEqualTo(utterance.id());
            assertThat(step.values()).containsEntry("stentor.engine", "dashscope");
        });
        assertThat(call.events()).containsExactly("first sound");
        assertThat(call.values()).containsEntry("stentor.end", "done").containsEntry("stentor.samples", "4800");
        assertThat(cloud.requests())
                .extracting(request -> request.header("traceparent").orElse(""))
                .containsExactly("00-" + TRACE + "-" + refused.id() + "-01", "00-" + TRACE + "-" + call.id() + "-01");
        assertThat(receiver.raw()).contains("stentor.channel").doesNotContain("secret", "sk-traced");
        assertThat(receiver.credentials()).containsOnly("of-the-receiver");
    }

    @Test
    void allPartsOfALongTextAndAllCallersBelongToTheirTrace() throws Exception {
        startTraced("50ms");
        String text = "One sentence of some length, which is followed by many others like it. ".repeat(30);
        assertThat(post("/v1/audio/speech", "{\"input\":\"" + text + "\",\"response_format\":\"pcm\"}", sender("01"))
                        .statusCode())
                .isEqualTo(200);
        Step speech = receiver.await("speech", step -> step.name().equals("speech"));
        assertThat(speech.trace()).isEqualTo(TRACE);
        assertThat(speech.parent()).isEqualTo(SENDER);
        assertThat(speech.values()).containsEntry("stentor.api", "openai").containsEntry("stentor.end", "done");
        assertThat(cloud.requests()).hasSizeGreaterThan(3);
        int calls = cloud.requests().size();
        receiver.await("all calls", _ -> calls().size() == calls);
        assertThat(calls()).allSatisfy(call -> assertThat(call.parent()).isEqualTo(speech.id()));
    }

    @Test
    void aListenerIsTracedFromItsHandshakeOverItsFirstSoundToItsClose() throws Exception {
        startTraced("50ms");
        int port = WholeGateway.port(gateway());
        try (var listener = TestListener.join(URI.create("ws://127.0.0.1:" + port + "/v1/channels/lobby/listen"))) {
            assertThat(post("/v1/channels/lobby/utterances", "{\"text\":\"Hello.\"}", null)
                            .statusCode())
                    .isEqualTo(201);
            Step join = receiver.await("join", step -> step.name().equals("join"));
            assertThat(join.events()).containsExactly("hello");
            assertThat(join.values()).containsEntry("stentor.end", "heard");
            listener.say("{\"t\":\"bye\"}");
            assertThat(listener.closeCode()).isEqualTo(1000);
            Step listen = receiver.await("listen", step -> step.name().equals("listen"));
            assertThat(listen.id()).isEqualTo(join.parent());
            assertThat(listen.values())
                    .containsEntry("stentor.channel", "lobby")
                    .containsEntry("stentor.close_code", "1000")
                    .containsKeys("stentor.connection", "stentor.format");
        }
    }

    @Test
    void whatTheSenderDoesNotWantTracedIsNotSent() throws Exception {
        startTraced("50ms");
        assertThat(post("/v1/channels/lobby/utterances", "{\"text\":\"Unseen.\"}", sender("00"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/v1/channels/hall/utterances", "{\"text\":\"Seen.\"}", "no trace at all")
                        .statusCode())
                .isEqualTo(201);
        Step seen = receiver.await("utterance", step -> step.name().equals("utterance"));
        assertThat(seen.trace()).isNotEqualTo(TRACE);
        gateway().close();
        assertThat(receiver.steps()).noneMatch(step -> step.trace().equals(TRACE));
    }

    @Test
    void aShutdownEndsTheStepsAndSendsThem() throws Exception {
        startTraced("1h");
        int port = WholeGateway.port(gateway());
        try (var listener = TestListener.join(URI.create("ws://127.0.0.1:" + port + "/v1/channels/lobby/listen"))) {
            gateway().close();
            assertThat(listener.closeCode()).isEqualTo(4000);
        }
        assertThat(receiver.steps()).extracting(Step::name).contains("join", "listen");
    }

    @Test
    void withoutAReceiverThereIsNeitherAThreadNorAHeader() throws Exception {
        Set<Thread> before = senders();
        started = WholeGateway.startBefore(cloud.baseUrl().toString(), "sk-untraced", folder);
        assertThat(post("/v1/audio/speech", "{\"input\":\"Hello.\",\"response_format\":\"pcm\"}", sender("01"))
                        .body())
                .isEqualTo(SOUND);
        assertThat(cloud.requests())
                .allMatch(request -> request.header("traceparent").isEmpty());
        assertThat(before).containsAll(senders());
        assertThat(receiver.raw()).isEmpty();
    }

    private ConfigurableApplicationContext gateway() {
        return Objects.requireNonNull(started);
    }

    /** Returns the threads that send traces; those of earlier tests may still be about to end. */
    private static Set<Thread> senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("BatchSpanProcessor"))
                .collect(Collectors.toSet());
    }

    private List<Step> calls() {
        return receiver.steps().stream().filter(TracesIT::isCall).toList();
    }

    private static boolean isCall(Step step) {
        return step.name().equals("engine call");
    }

    private static String sender(String flags) {
        return "00-" + TRACE + "-" + SENDER + "-" + flags;
    }

    private void startTraced(String interval) {
        started = WholeGateway.startBefore(
                cloud.baseUrl().toString(),
                "sk-traced",
                folder,
                "--gateway.tracing.endpoint=" + receiver.endpoint(),
                "--gateway.tracing.headers.X-Credential=of-the-receiver",
                "--gateway.tracing.interval=" + interval);
    }

    private HttpResponse<byte[]> post(String path, String body, @Nullable String trace) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + WholeGateway.port(gateway()) + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (trace != null) {
            request.header("traceparent", trace);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
