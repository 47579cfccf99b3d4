package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tests of the second port, that of health and metrics. */
class ManagementPortIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"8080, 8081", "9000, 9001", "0, 0", "-1, -1", "65535, 65534"})
    void thePortIsThatBesideTheGatewaysOwn(int gateway, int management) {
        assertThat(defaulted(Map.of("server.port", gateway))).isEqualTo(Integer.toString(management));
    }

    @Test
    void aPortThatIsSetStays() {
        assertThat(defaulted(Map.of("server.port", 8_080, ManagementPort.KEY, "9999")))
                .isEqualTo("9999");
    }

    @Test
    void aTakenPortIsAnErrorThatNamesItsKey() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("set", Map.of("server.port", "8080", ManagementPort.KEY, "8081")));
        var analyzer = new PortTakenAnalyzer(environment);
        var management = Objects.requireNonNull(analyzer.analyze(new PortInUseException(8_081)));
        assertThat(management.getDescription()).contains("8081", "health and metrics");
        assertThat(management.getAction()).contains("Set management.server.port to a free port");
        var gateway = Objects.requireNonNull(analyzer.analyze(new PortInUseException(8_080)));
        assertThat(gateway.getAction()).contains("Set server.port to a free port");
    }

    @Test
    void aGatewayWhoseManagementPortIsTakenDoesNotStart() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> gateway("--management.server.port=" + taken.getLocalPort()))
                    .satisfies(failure -> assertThat(new PortTakenAnalyzer(new StandardEnvironment()).analyze(failure))
                            .isNotNull());
        }
    }

    @Test
    void healthAndMetricsAreOnAPortOfTheirOwn() throws Exception {
        try (var gateway = gateway();
                var other = gateway()) {
            int port = port(gateway, "local.server.port");
            int management = port(gateway, "local.management.port");
            assertThat(List.of(
                            port, management, port(other, "local.server.port"), port(other, "local.management.port")))
                    .doesNotHaveDuplicates();
            assertThat(get(management, "/actuator/health/readiness").body()).contains("UP");
            assertThat(get(management, "/actuator/prometheus").body()).contains("stentor_listeners ");
            assertThat(get(management, "/actuator/sbom").body()).contains("\"ids\":");
            assertThat(get(port, "/actuator/sbom").statusCode()).isEqualTo(404);
            assertThat(get(port, "/actuator/prometheus").statusCode()).isEqualTo(404);
            assertThat(get(port, "/actuator/health").statusCode()).isEqualTo(404);
            assertThat(get(management, "/v1/channels").statusCode()).isEqualTo(404);
            assertThat(askedByAnotherName(management)).startsWith("HTTP/1.1 421 ");
            assertThat(get(port, "/livez").body()).contains("UP");
            assertThat(get(port, "/readyz").body()).contains("UP");
        }
    }

    @Test
    void whoMayReachThatPortNeedsNoKey() throws Exception {
        String hash = "0123456789abcdef".repeat(4);
        try (var gateway = gateway("--gateway.access.keys[0]=shop sha256:" + hash + " listen=*")) {
            assertThat(get(port(gateway, "local.server.port"), "/v1/channels").statusCode())
                    .isEqualTo(401);
            assertThat(get(port(gateway, "local.management.port"), "/actuator/prometheus")
                            .body())
                    .contains("stentor_listeners ");
        }
    }

    /** Asks as a web page does whose name was made to resolve to this machine. */
    private static String askedByAnotherName(int port) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /actuator/prometheus HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ConfigurableApplicationContext gateway(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--gateway.engine=dashscope",
                "--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1",
                "--gateway.dashscope.api-key=sk-management",
                "--gateway.archive.max-size=0",
                "--gateway.archive.directory=" + folder));
        arguments.addAll(Arrays.asList(more));
        return new SpringApplication(GatewayApplication.class).run(arguments.toArray(String[]::new));
    }

    private static String defaulted(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("set", settings));
        new ManagementPort().postProcessEnvironment(environment, new SpringApplication());
        return environment.getRequiredProperty(ManagementPort.KEY);
    }

    private static int port(ConfigurableApplicationContext gateway, String key) {
        return gateway.getEnvironment().getRequiredProperty(key, Integer.class);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
