package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Test of a gateway in a process of its own that may open few files. */
@EnabledOnOs(OS.LINUX)
class FileHandlesIT {

    private static final int HANDLES = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");
    private static final String NOT_ACCEPTED = "New connections cannot be accepted";

    @TempDir
    private Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private @Nullable Process process;

    @AfterEach
    void end() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (process != null) {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void runningOutOfFileHandlesIsLoggedOnceAndOver() throws Exception {
        start();
        int port = port();
        // A gateway that has no handle left for its management port gives up; the voice may be ready before that port
        // is open.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> linesOf("The embedded voice is ready") == 1 && linesOf("Started GatewayApplication") == 1);
        for (int i = 0; i < HANDLES; i++) {
            sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        Awaitility.await().atMost(PATIENCE).until(() -> linesOf(NOT_ACCEPTED) == 1);
        for (Socket socket : sockets) {
            socket.close();
        }

        assertThat(log)
                .as("a gateway that gives up says so")
                .noneMatch(line -> line.contains("Application run failed"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/channels"))
                    .timeout(PATIENCE)
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(linesOf(NOT_ACCEPTED)).isEqualTo(1);
        assertThat(log).noneMatch(line -> line.contains("\tat ") || line.contains(" ERROR "));
    }

    private void start() throws IOException {
        Process gateway = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + HANDLES + "; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dgateway.warm-up=false",
                        "-cp",
                        withoutTests(System.getProperty("java.class.path")),
                        "dev.stentor.app.GatewayApplication",
                        "--server.port=0",
                        "--gateway.engine=local",
                        "--gateway.overload.lateness=0s",
                        "--gateway.archive.directory=" + folder.resolve("archive"),
                        "--gateway.sources.uploads=" + folder.resolve("sounds"))
                .redirectErrorStream(true)
                .start();
        process = gateway;
        BufferedReader lines = gateway.inputReader();
        var _ = Thread.ofPlatform()
                .daemon()
                .name("gateway-log")
                .start(() -> lines.lines().forEach(log::add));
    }

    /** Returns the class path without that of the tests, which have a log of their own. */
    private static String withoutTests(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private int port() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> log.stream()
                                .map(STARTED::matcher)
                                .filter(Matcher::find)
                                .map(found -> Integer.parseInt(found.group(1)))
                                .findFirst()
                                .orElse(0),
                        found -> found > 0);
    }

    private long linesOf(String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }
}
