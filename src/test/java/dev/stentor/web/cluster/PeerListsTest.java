package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelName;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.usage.Account;
import dev.stentor.web.TestGateway;
import dev.stentor.web.edge.RemoteLists;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list of channels at one node, which has those of all that answer. */
class PeerListsTest {

    private static final PeerSecret SECRET = new PeerSecret("a secret of sixteen bytes or more");

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final DisposableServer other = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get("/v1/channels", (request, response) -> {
                seen.add(request.requestHeaders().get(PeerHeaders.SECRET) + " "
                        + request.requestHeaders().get("Authorization"));
                return response.sendString(Mono.just("[{\"name\":\"attic\"},{\"name\":\"lobby\",\"phase\":\"old\"}]"));
            }))
            .bindNow();
    private final PeerClient client = new PeerClient(SECRET);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        client.close();
        other.disposeNow();
    }

    private static ClusterNode deaf() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ClusterNode("deaf", "http://127.0.0.1:" + free.getLocalPort());
        }
    }

    private HttpResponse<String> list(RemoteLists others) throws Exception {
        try (var gateway = new TestGateway(
                ScriptedEngine.speaking(new byte[SpeechTime.FRAME_BYTES], SpeechTime.FRAME_BYTES),
                TestGateway.Options.standard(),
                null,
                others)) {
            gateway.channels()
                    .open(new ChannelName("lobby"), true, Account.NONE)
                    .block(Duration.ofSeconds(10));
            return http.send(
                    HttpRequest.newBuilder(gateway.http("/v1/channels"))
                            .header("Authorization", "Bearer k")
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void theChannelsOfAllNodesAreListedAndWhoDidNotAnswerIsNamed() throws Exception {
        List<ClusterNode> nodes = List.of(new ClusterNode("other", "http://127.0.0.1:" + other.port()), deaf());
        HttpResponse<String> answer = list(new PeerLists(() -> Mono.just(nodes), client));
        JsonNode channels = new JsonMapper().readTree(answer.body());
        assertThat(channels.values())
                .extracting(channel -> channel.path("name").asString())
                .containsExactly("attic", "lobby");
        assertThat(channels.get(1).path("phase").asString())
                .as("what the node itself says")
                .isEqualTo("idle");
        assertThat(answer.headers().firstValue(RemoteLists.HEADER)).contains("deaf");
        assertThat(seen).containsExactly(SECRET.shown() + " Bearer k");
    }

    @Test
    void aGatewayWithoutOthersListsItsOwn() throws Exception {
        HttpResponse<String> answer = list(RemoteLists.NONE);
        assertThat(new JsonMapper().readTree(answer.body()).size()).isEqualTo(1);
        assertThat(answer.headers().firstValue(RemoteLists.HEADER)).isEmpty();
    }
}
