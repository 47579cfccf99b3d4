package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Gateways that share their channels, and what is asked of them. */
final class ClusterNode {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;

    private ClusterNode() {}

    /** Starts a gateway of a cluster; it serves when this returns. */
    static GatewayProcess start(String redisUri, Map<String, String> environment, String... settings) throws Exception {
        int port = freePort();
        var variables = new HashMap<>(environment);
        variables.put("GATEWAY_CLUSTER_SECRET", "a secret of these tests alone");
        Stream<String> usual = Stream.of(
                "--server.port=" + port,
                "--management.server.port=0",
                "--gateway.warm-up=false",
                "--gateway.cluster.redis.uri=" + redisUri,
                "--gateway.cluster.address=http://127.0.0.1:" + port);
        return GatewayProcess.start(
                variables, Stream.concat(usual, List.of(settings).stream()).toArray(String[]::new));
    }

    /**
     * Returns a port that is free. A node must know its address before it serves, so another process may take the port meanwhile: it is none of
     * those that the kernel gives to whoever asks for any.
     */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException _) { // it is taken: another one may be free
            }
        }
        throw new AssertionError("no port is free");
    }

    /** Asks a node to speak, and returns the id of the utterance. */
    static String speak(HttpClient http, GatewayProcess node, String channel, String text) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(node.http("/v1/channels/" + channel + "/utterances"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("id").asString();
    }
}
