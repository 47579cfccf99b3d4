package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ChildJvm;
import dev.stentor.testing.Recordings;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway that is killed again and again in the midst of recordings and uploads: SIGKILL, at random. {@code -Dstentor.kills.rounds=N}
 * kills it more often than an ordinary build, {@code -Dstentor.kills.seed=N} at other moments.
 */
class KilledAtRandomIT {

    private static final int ROUNDS = Integer.getInteger("stentor.kills.rounds", 1);
    private static final long SEED = Long.getLong("stentor.kills.seed", 14);
    private static final int WORKERS = 4;
    private static final byte[] SOUND = Signals.selfIndexing(12_000);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final AtomicInteger names = new AtomicInteger();
    /** What each recording held when it was heard whole, by its address. */
    private final Map<String, byte[]> recordings = new ConcurrentHashMap<>();
    /** Uploads that were confirmed. */
    private final Set<String> uploads = ConcurrentHashMap.newKeySet();

    @Test
    void whatWasConfirmedIsServedWholeAndNothingElseIsThere() throws Exception {
        var random = new Random(SEED);
        try (var cloud = ScriptedServer.playing(connection -> {
            while (true) {
                connection.readRequest();
                connection.write(CloudAnswer.of(SOUND));
            }
        })) {
            for (int round = 0; round <= ROUNDS; round++) {
                try (ChildJvm gateway = start(cloud)) {
                    String ready = gateway.await(line -> line.startsWith("ready on"));
                    String address = "http://127.0.0.1:" + ready.substring("ready on ".length());
                    check(address, round);
                    if (round < ROUNDS) {
                        workUntilItIsKilled(gateway, address, random.nextInt(20, 200));
                    }
                    assertThat(gateway.log()).noneMatch(line -> line.contains(" ERROR "));
                }
            }
        }
    }

    /** Kills it after so many answers, which is in the midst of the others' work. */
    private void workUntilItIsKilled(ChildJvm gateway, String address, int answers) throws Exception {
        var left = new AtomicInteger(answers);
        var killed = new AtomicBoolean();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            boolean records = i % 2 == 0;
            workers.add(Thread.ofPlatform().start(() -> {
                try {
                    while (!killed.get()) {
                        if (records) {
                            record(address);
                        } else {
                            upload(address);
                        }
                        if (left.decrementAndGet() == 0) {
                            killed.set(true);
                            gateway.close();
                        }
                    }
                } catch (IOException | InterruptedException gone) {
                    killed.set(true);
                }
            }));
        }
        for (Thread worker : workers) {
            assertThat(worker.join(Duration.ofSeconds(90))).isTrue();
        }
        assertThat(killed).isTrue();
    }

    private void record(String address) throws IOException, InterruptedException {
        String body = "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"Text number " + names.incrementAndGet()
                + ".\",\"voice\":\"Cherry\"}}";
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1/services/aigc/multimodal-generation/generation"))
                        .header("Authorization", "Bearer any")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            var link = URI.create(
                    JSON.readTree(answer.body()).at("/output/audio/url").asString());
            String path = link.getRawPath() + "?" + link.getRawQuery();
            HttpResponse<byte[]> whole = get(address + path);
            if (whole.statusCode() == 200) {
                recordings.put(path, whole.body());
            }
        }
    }

    private void upload(String address) throws IOException, InterruptedException {
        String name = "s" + names.incrementAndGet() % 40 + ".wav";
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/sounds/" + name))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(Recordings.wav(24_000, 1, 16, 2)))
                        .build(),
                BodyHandlers.discarding());
        if (answer.statusCode() == 201) {
            uploads.add(name);
        }
    }

    private void check(String address, int round) throws Exception {
        String told = "round " + round + " with -Dstentor.kills.seed=" + SEED;
        for (var recording : recordings.entrySet()) {
            HttpResponse<byte[]> again = get(address + recording.getKey());
            assertThat(again.statusCode()).as(told).isEqualTo(200);
            assertThat(again.body()).as(told).isEqualTo(recording.getValue());
        }
        JsonNode list = JSON.readTree(get(address + "/v1/sounds").body());
        Set<String> listed = list.path("sounds")
                .valueStream()
                .filter(sound -> sound.path("origin").asString().equals("upload"))
                .map(sound -> sound.path("name").asString())
                .collect(Collectors.toSet());
        assertThat(listed).as(told).containsAll(uploads);
        for (String name : listed) {
            HttpResponse<byte[]> sound = get(address + "/v1/sounds/" + name);
            assertThat(sound.statusCode()).as(told).isEqualTo(200);
            JsonNode view = JSON.readTree(sound.body());
            assertThat(view.path("duration_ms").asLong()).as(told).isEqualTo(2_000);
            assertThat(view.path("truncated").asBoolean()).as(told).isFalse();
        }
        List<String> files = files("archive");
        assertThat(files).as(told).noneMatch(name -> name.contains(".part"));
        for (String file : files.stream().filter(name -> name.endsWith(".wav")).toList()) {
            assertThat(Files.size(folder.resolve("archive").resolve(file)))
                    .as(told)
                    .isGreaterThan(SOUND.length);
        }
        assertThat(files("sounds")).as(told).hasSameSizeAs(listed);
    }

    private List<String> files(String below) throws IOException {
        Path path = folder.resolve(below);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private ChildJvm start(ScriptedServer cloud) throws IOException {
        return new ChildJvm(
                List.of("-Dgateway.warm-up=false"),
                ChildGateway.class,
                "--server.port=0",
                "--management.server.port=0",
                "--gateway.engine=upstreams",
                "--gateway.upstreams[0].name=cloud",
                "--gateway.upstreams[0].base-url=" + cloud.baseUrl(),
                "--gateway.upstreams[0].api-key=sk-any",
                "--gateway.upstreams[0].requests-per-second=0",
                "--gateway.archive.directory=" + folder.resolve("archive"),
                "--gateway.sources.uploads=" + folder.resolve("sounds"),
                "--gateway.overload.lateness=0s");
    }

    private static HttpResponse<byte[]> get(String address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray());
    }
}
