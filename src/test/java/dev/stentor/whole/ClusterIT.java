package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.redis.RealRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gateways in processes of their own that share their channels through a real Redis. */
class ClusterIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private RealRedis redis;
    private GatewayProcess owner;
    private GatewayProcess other;
    private final List<GatewayProcess> started = new CopyOnWriteArrayList<>();

    /** Sound of one utterance as a listener heard it. */
    private record Heard(String id, String reason, ByteBuffer samples) {}

    @BeforeEach
    void start() throws Exception {
        redis = new RealRedis();
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<GatewayProcess> one = starting.submit(this::node);
            other = node();
            owner = one.get();
        }
    }

    /** Ends all that was started, also if not all could be. */
    @AfterEach
    void stop() {
        try {
            started.stream().filter(node -> node != owner).forEach(GatewayProcess::close);
        } finally {
            started.forEach(GatewayProcess::kill);
            redis.close();
        }
    }

    private GatewayProcess node() throws Exception {
        GatewayProcess node = ClusterNode.start(redis.uri(), Map.of(), "--gateway.listen.control=say");
        started.add(node);
        return node;
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    private String speak(GatewayProcess node, String text) throws Exception {
        return ClusterNode.speak(http, node, "lobby", text);
    }

    private JsonNode get(GatewayProcess node, String path) throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(node.http(path)).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static Heard hear(RawListener listener) throws IOException {
        var samples = new ByteArrayOutputStream();
        RawListener.Message message = listener.next();
        while (!message.is("utterance.ended")) {
            if (message.isSound()) {
                samples.writeBytes(message.samples());
            }
            message = listener.next();
        }
        return new Heard(
                message.json().path("id").asString(),
                message.json().path("reason").asString(),
                ByteBuffer.wrap(samples.toByteArray()));
    }

    @Test
    void aChannelIsHeardAndManagedOnEveryNodeAndOutlivesItsOwn() throws Exception {
        assertThatWhoIsNoNodeIsNotBelievedToBeOne();
        try (RawListener here = RawListener.join(owner.http("/v1/channels/lobby"), 0);
                RawListener there = RawListener.join(other.http("/v1/channels/lobby"), 0)) {
            String first = speak(owner, "Good evening, and welcome to both of you.");
            Heard heard = hear(there);
            assertThat(heard.samples().remaining()).isGreaterThan(48_000);
            assertThat(heard.samples()).isEqualTo(hear(here).samples());
            assertThat(List.of(heard.id(), heard.reason())).containsExactly(first, "done");

            String link = get(owner, "/v1/channels/lobby/utterances/" + first)
                    .at("/file/url")
                    .asString();
            assertThatItIsServedByBoth(link);

            String second = speak(other, "This was asked for at the other node.");
            assertThat(hear(there).id()).isEqualTo(second);
            assertThat(hear(here).id()).isEqualTo(second);
            assertThat(get(other, "/v1/channels/lobby/utterances/" + second)
                            .path("state")
                            .asString())
                    .isEqualTo("done");
            assertThat(get(owner, "/v1/channels/lobby").path("listeners").asInt())
                    .isEqualTo(2);
            assertThat(get(other, "/v1/channels/lobby").path("listeners").asInt())
                    .isEqualTo(2);

            there.say("{\"t\":\"say\",\"ref\":\"r1\",\"text\":\"Said on a socket of the other node.\"}");
            String said =
                    there.await(message -> message.is("said")).json().path("id").asString();
            assertThat(hear(there).id()).isEqualTo(said);
            assertThat(hear(here).id()).isEqualTo(said);

            assertThat(get(other, "/v1/channels/lobby/listeners").size()).isEqualTo(2);
            assertThat(get(other, "/v1/channels").path(0).path("listeners").asInt())
                    .isEqualTo(2);

            putBed("demo-bed");
            String lost = speak(
                    other,
                    "This one is so long that its node will not live to see its end, for it is stopped in the middle"
                            + " of the sentence, as a machine is that loses its power.");
            String next = speak(other, "And this one is spoken elsewhere.");
            var _ = there.await(RawListener.Message::isSound);
            String unfetched = get(other, "/v1/channels/lobby/utterances/" + second)
                    .at("/file/url")
                    .asString();
            assertThatAResumeInOpusElsewhereBeginsWithFramesForTheDecoder();
            loseAllThatIsShared(next);
            owner.kill();
            HttpResponse<byte[]> unreachable = recording(other, unfetched);
            assertThat(unreachable.statusCode()).isEqualTo(503);
            assertThat(unreachable.body()).asString(StandardCharsets.UTF_8).contains("RecordingUnreachable");
            assertThat(recording(other, link).statusCode())
                    .as("what was fetched is kept")
                    .isEqualTo(200);
            Heard failed = hear(there);
            assertThat(List.of(failed.id(), failed.reason())).containsExactly(lost, "failed");
            var _ = there.await(RawListener.Message::isSound);
            Heard after = hear(there);
            assertThat(List.of(after.id(), after.reason())).containsExactly(next, "done");
            assertThat(get(other, "/v1/channels/lobby").path("listeners").asInt())
                    .isEqualTo(1);
            assertThatTheBedGoesOn();
        }
    }

    private void putBed(String sound) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(owner.http("/v1/channels/hall/sources/music"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"kind\":\"bed\",\"sound\":\"" + sound + "\"}"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** The channel of the bed is asked for at the node that is left, which goes on with it by that. */
    private void assertThatTheBedGoesOn() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode source = get(other, "/v1/channels/hall/mix").at("/sources/0");
            assertThat(source.path("name").asString()).isEqualTo("music");
            assertThat(source.path("state").asString()).isEqualTo("playing");
        });
    }

    /** Listens in Opus to what is spoken now, at one node and then at the other. */
    private void assertThatAResumeInOpusElsewhereBeginsWithFramesForTheDecoder() throws IOException {
        String hello = "{\"t\":\"hello\",\"v\":1,\"formats\":[\"opus/48000/1\"]%s}";
        long epoch;
        int last = 0;
        try (RawListener here = RawListener.connect(owner.http("/v1/channels/lobby"), 0)) {
            here.say(hello.formatted(""));
            epoch = here.await(message -> message.is("welcome"))
                    .json()
                    .path("epoch")
                    .asLong();
            for (int frames = 0; frames < 20; frames++) {
                last = here.await(RawListener.Message::isSound).seq();
            }
        }
        try (RawListener there = RawListener.connect(other.http("/v1/channels/lobby"), 0)) {
            there.say(hello.formatted(",\"resume\":{\"epoch\":" + epoch + ",\"seq\":" + last + "}"));
            JsonNode welcome = there.await(message -> message.is("welcome")).json();
            assertThat(welcome.at("/resume/status").asString()).isEqualTo("ok");
            assertThat(welcome.at("/resume/from_seq").asInt()).isEqualTo(last + 1);
            JsonNode replay = there.await(message -> message.is("replay")).json();
            assertThat(replay.path("from_seq").asInt()).isEqualTo(last - 3);
            for (int seq = last - 3; seq <= last; seq++) {
                assertThat(there.next().seq()).isEqualTo(seq);
            }
            assertThat(there.await(RawListener.Message::isSound).seq()).isGreaterThan(last);
        }
    }

    /** Lets Redis come back empty, and waits until each channel keeps there again what the next node needs. */
    private void loseAllThatIsShared(String waiting) throws IOException {
        redis.kill();
        redis.restart();
        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> isKept(connection, "lobby", waiting) && isKept(connection, "hall", "mix"));
        } finally {
            client.shutdown();
        }
    }

    private static boolean isKept(StatefulRedisConnection<String, String> connection, String channel, String text) {
        return connection.sync().hkeys("stentor:{" + channel + "}:t").stream().anyMatch(name -> name.endsWith(text));
    }

    private void assertThatItIsServedByBoth(String link) throws Exception {
        HttpResponse<byte[]> there = recording(other, link);
        assertThat(there.statusCode()).isEqualTo(200);
        assertThat(there.body().length).isGreaterThan(48_000);
        assertThat(recording(owner, link).body()).isEqualTo(there.body());
    }

    private HttpResponse<byte[]> recording(GatewayProcess node, String link) throws Exception {
        return http.send(
                HttpRequest.newBuilder(node.http(link.substring(link.indexOf("/v1/"))))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private void assertThatWhoIsNoNodeIsNotBelievedToBeOne() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(owner.http("/v1/channels"))
                .header("Stentor-Peer", "a guess")
                .build());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(owner.http("/v1/cluster/clock/lobby"))
                                .build())
                        .statusCode())
                .isEqualTo(404);
    }
}
