package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stentor.access.NewKey;
import dev.stentor.cluster.redis.CutProxy;
import dev.stentor.cluster.redis.RealRedis;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.whole.CheckedListener.Heard;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gateways in processes of their own whose Redis dies, and one that is cut off from it: the sound of each text is known, and listeners compare
 * every sample. The long form is scripts/cluster.sh.
 */
class FaultyClusterIT {

    private static final String KEY = "sk-cluster-0123456789";
    /** A key that buys tickets. Without one everybody may listen and speak at all channels but one. */
    private static final NewKey DOOR = NewKey.named("door");
    /** Six seconds of sound. */
    private static final String LONG = "Nothing of this may be lost, and nothing be said twice. "
            .repeat(11)
            .substring(0, 600);

    private static final String NEXT = "This one waited for its turn, and is spoken elsewhere. ".repeat(2);
    private static final String LAST = "And this one is said when all is well again.";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ScriptedServer cloud;
    private static RealRedis redis;
    private static CutProxy way;
    private static GatewayProcess steady;
    private static GatewayProcess cutOff;
    private static final List<GatewayProcess> STARTED = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        cloud = ScriptedServer.playing(new PacedCloud(20, 4));
        redis = new RealRedis();
        way = new CutProxy(redis.port());
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<GatewayProcess> one = starting.submit(() -> node(redis.uri()));
            cutOff = node("redis://127.0.0.1:" + way.port());
            steady = one.get();
        }
    }

    @AfterAll
    static void end() throws Exception {
        STARTED.forEach(GatewayProcess::close);
        way.close();
        redis.close();
        cloud.close();
        for (GatewayProcess node : STARTED) {
            assertThat(node.log()).noneMatch(line -> line.contains("LEAK")).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    private static GatewayProcess node(String redisUri) throws Exception {
        GatewayProcess node = ClusterNode.start(
                redisUri,
                Map.of("DASHSCOPE_API_KEY", KEY),
                "--gateway.dashscope.base-url=" + cloud.baseUrl(),
                "--gateway.access.keys[0]=" + DOOR.line().replaceAll(" listen=.*", " listen=*"),
                "--gateway.access.anonymous.listen=lobby,hall,yard",
                "--gateway.access.anonymous.speak=lobby,hall,yard",
                "--gateway.usage.journal.on=false",
                "--gateway.cluster.lease=2s");
        STARTED.add(node);
        return node;
    }

    private static String speak(GatewayProcess node, String channel, String text) throws Exception {
        return ClusterNode.speak(HTTP, node, channel, text);
    }

    /** Waits until so many more frames come. */
    private static void hears(CheckedListener listener, int frames) {
        int enough = listener.frames() + frames;
        await().atMost(Duration.ofSeconds(30)).until(() -> listener.frames() >= enough);
    }

    private static String ticket(GatewayProcess node) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(node.http("/v1/tickets"))
                        .header("Authorization", "Bearer " + DOOR.key())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":\"gate\",\"use\":\"once\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body()).path("ticket").asString();
    }

    /** Returns the code with which a node closes a WebSocket that comes with a ticket; 0 if it greets it. */
    private static int admit(GatewayProcess node, String ticket) throws Exception {
        var code = new CompletableFuture<Integer>();
        String address = node.http("/v1/channels/gate/listen?ticket=" + ticket).toString();
        WebSocket opened = HTTP.newWebSocketBuilder()
                .subprotocols("stentor.v1")
                .buildAsync(URI.create(address.replace("http:", "ws:")), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        code.complete(0);
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket socket, int closed, String reason) {
                        code.complete(closed);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        try {
            var _ = opened.sendText("{\"t\":\"hello\",\"v\":1}", true);
            return code.get(20, TimeUnit.SECONDS);
        } finally {
            opened.abort();
        }
    }

    private static void awaitConnected(GatewayProcess node, String value) {
        await().atMost(Duration.ofSeconds(20)).until(() -> connected(node), value::equals);
    }

    /** Returns what the meter says of a node's way to Redis. */
    private static String connected(GatewayProcess node) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(node.management("/actuator/prometheus")).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("stentor_cluster_connected "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElse("no such meter");
    }

    private static void assertWhole(Heard heard, String id, String text) {
        assertThat(heard.id()).isEqualTo(id);
        assertThat(heard.reason()).as(heard.code()).isEqualTo("done");
        assertThat(heard.samples()).isEqualTo(ByteBuffer.wrap(PacedCloud.sound(text)));
    }

    @Test
    void aTicketForOneUseIsUsedUpAtAllNodesByThatUse() throws Exception {
        String ticket = ticket(steady);
        assertThat(admit(cutOff, ticket)).isZero();
        assertThat(admit(cutOff, ticket)).isEqualTo(4401);
        assertThat(admit(steady, ticket)).isEqualTo(4401);
    }

    @Test
    void aRedisThatIsKilledAndComesBackEmptyCostsNobodyASample() throws Exception {
        try (var here = new CheckedListener(steady, "lobby");
                var there = new CheckedListener(cutOff, "lobby")) {
            String first = speak(steady, "lobby", LONG);
            String second = speak(cutOff, "lobby", NEXT);
            hears(there, 25);
            redis.kill();
            hears(here, 75);
            redis.restart();
            assertWhole(here.next(), first, LONG);
            assertWhole(there.next(), first, LONG);
            assertWhole(here.next(), second, NEXT);
            assertWhole(there.next(), second, NEXT);
            assertThat(here.faults()).isEmpty();
            assertThat(there.faults()).isEmpty();
        }
    }

    @Test
    void aNodeThatIsCutOffLosesItsChannelsAndItsListenersMissNothingOfOthers() throws Exception {
        try (var here = new CheckedListener(cutOff, "hall");
                var there = new CheckedListener(steady, "hall");
                var owner = new CheckedListener(steady, "yard");
                var follower = new CheckedListener(cutOff, "yard")) {
            String first = speak(cutOff, "hall", LONG);
            String second = speak(cutOff, "hall", NEXT);
            String other = speak(steady, "yard", LONG);
            hears(there, 25);
            hears(follower, 25);
            way.cut();
            Heard lost = there.next();
            awaitConnected(cutOff, "0.0");
            awaitConnected(steady, "1.0");
            assertThat(lost.id()).isEqualTo(first);
            assertThat(lost.code()).isEqualTo("NodeLost");
            assertThat(lost.samples())
                    .isEqualTo(ByteBuffer.wrap(
                            PacedCloud.sound(LONG), 0, lost.samples().remaining()));
            assertWhole(there.next(), second, NEXT);
            assertWhole(here.next(), first, LONG);
            assertWhole(owner.next(), other, LONG);
            way.heal();
            awaitConnected(cutOff, "1.0");
            assertWhole(follower.next(), other, LONG);
            here.awaitClosed();
            try (var again = new CheckedListener(cutOff, "hall")) {
                String last = speak(cutOff, "hall", LAST);
                assertWhole(again.next(), last, LAST);
                assertWhole(there.next(), last, LAST);
            }
            assertThat(here.faults()).isEmpty();
            assertThat(there.faults()).isEmpty();
            assertThat(follower.faults()).isEmpty();
            assertThat(owner.faults()).isEmpty();
        }
    }
}
