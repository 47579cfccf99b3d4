package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * The executable jar as the image has it: unpacked, and with a cache of its loaded classes, so that a gateway starts at two thirds of the
 * processor time. It is made once for each jar, by the first test that asks; those in other JVMs wait for it.
 */
final class UnpackedJar {

    private static final Path FOLDER = Path.of("target", "whole-way", "unpacked");
    private static final long LIMIT_SECONDS = 120;

    private UnpackedJar() {}

    /** Returns the options that start the gateway from it, up to its own arguments. From any thread. */
    static synchronized List<String> options() throws Exception {
        Path packed = Path.of(System.getProperty("stentor.jar")).toAbsolutePath();
        Path jar = FOLDER.resolve(packed.getFileName()).toAbsolutePath();
        Path cache = FOLDER.resolve("classes.aot").toAbsolutePath();
        Files.createDirectories(FOLDER.getParent());
        try (var channel = FileChannel.open(
                        FOLDER.resolveSibling("unpacked.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!isYounger(cache, packed)) {
                make(packed, jar, cache);
            }
        }
        return List.of("-XX:AOTCache=" + cache, "-jar", jar.toString());
    }

    private static boolean isYounger(Path cache, Path packed) throws IOException {
        return Files.exists(cache) && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(packed)) > 0;
    }

    private static void make(Path packed, Path jar, Path cache) throws Exception {
        FileSystemUtils.deleteRecursively(FOLDER);
        run(List.of("-Djarmode=tools", "-jar", packed.toString(), "extract", "--destination", FOLDER.toString()));
        Path unfinished = FOLDER.resolve("classes.unfinished").toAbsolutePath();
        GatewayProcess trained = GatewayProcess.startWith(
                List.of("-XX:AOTCacheOutput=" + unfinished, "-jar", jar.toString()),
                Files.createTempDirectory(FOLDER.getParent(), "archive-"),
                Map.of());
        try {
            speak(trained);
        } finally {
            trained.closeWithin(LIMIT_SECONDS); // its JVM writes the cache at the end
        }
        var _ = Files.move(unfinished, cache);
    }

    private static void speak(GatewayProcess gateway) throws Exception {
        var request = HttpRequest.newBuilder(gateway.http("/v1/audio/speech"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"tts-1\",\"voice\":\"alloy\",\"input\":\"Yes.\",\"response_format\":\"wav\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static void run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(GatewayProcess.java());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isZero();
    }
}
