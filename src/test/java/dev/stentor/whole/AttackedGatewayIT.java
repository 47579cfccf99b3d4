package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The short form of {@code scripts/attacks.sh}: floods and slow clients against the jar, which stays ready and does not fill up. */
class AttackedGatewayIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long MOST_DIRECT_BYTES = 64L * 1_024 * 1_024;

    @Test
    void floodsAndSlowClientsDoNotTakeTheGatewayAway() throws Exception {
        List<Socket> attackers = new ArrayList<>();
        try (var gateway =
                GatewayProcess.start(Map.of(), "--gateway.engine=local", "--gateway.connections.header=1s")) {
            int port = gateway.http("/").getPort();
            for (int i = 0; i < 4; i++) {
                Socket flooding = open(port);
                attackers.add(flooding);
                var _ = Thread.ofVirtual().start(() -> flood(flooding, port));
            }
            for (int i = 0; i < 200; i++) {
                Socket slow = open(port);
                attackers.add(slow);
                slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(status(gateway.http("/livez"))).isEqualTo(200);
                assertThat(direct(gateway)).isLessThan(MOST_DIRECT_BYTES);
            }
            for (Socket slow : attackers.subList(4, attackers.size())) {
                slow.setSoTimeout(20_000);
                assertThat(slow.getInputStream().readAllBytes())
                        .startsWith("HTTP/1.1 408".getBytes(StandardCharsets.US_ASCII));
            }
            for (Socket attacker : attackers) {
                attacker.close();
            }
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> metric(gateway, "stentor_connections ") <= 4);
            assertThat(gateway.log()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        } finally {
            for (Socket attacker : attackers) {
                attacker.close();
            }
        }
    }

    /** Pings as fast as the gateway takes it, and reads nothing after the handshake. */
    private static void flood(Socket socket, int port) {
        try {
            socket.getOutputStream()
                    .write(("GET /v1/channels/lobby/listen HTTP/1.1\r\nHost: localhost:" + port
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isPositive();
            byte[] pings = new byte[131 * 500];
            for (int i = 0; i < pings.length; i += 131) {
                pings[i] = (byte) 0x89;
                pings[i + 1] = (byte) (0x80 | 125);
            }
            while (true) {
                socket.getOutputStream().write(pings);
            }
        } catch (IOException closed) {
            // the end of the test, or of the gateway's patience
        }
    }

    private static Socket open(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static long direct(GatewayProcess gateway) throws Exception {
        return metric(gateway, "stentor_memory_direct ");
    }

    private static long metric(GatewayProcess gateway, String name) throws Exception {
        return get(gateway.management("/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private static int status(URI address) throws Exception {
        return get(address).statusCode();
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
