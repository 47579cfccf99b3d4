package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.FileLinks;
import dev.stentor.archive.SigningKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A gateway that is killed while it writes a recording leaves nothing broken behind, and loses no finished recording. */
class KilledGatewayIT {

    private static final String GENERATION = "/api/v1/services/aigc/multimodal-generation/generation";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path archive;

    @Test
    void whatWasWholeIsServedUnderItsOldAddressAndWhatWasNotIsGone() throws Exception {
        GatewayProcess killed = GatewayProcess.startPacked(archive, Map.of(), "--gateway.engine=local");
        String link;
        byte[] whole;
        String cut;
        try {
            link = link(killed, "This one is whole.");
            whole = get(killed, link).body();
            cut = recordingUnderWay(killed);
        } finally {
            killed.kill();
        }
        assertThat(names(".part")).as("the write was under way").isNotEmpty();
        assertThat(whole).hasSizeGreaterThan(24_000);

        try (GatewayProcess next = GatewayProcess.startOn(archive, Map.of(), "--gateway.engine=local")) {
            assertThat(get(next, link).body()).isEqualTo(whole);
            assertThat(get(next, link(next, "This one is whole.")).body()).isEqualTo(whole);
            assertThat(get(next, goodLinkTo(cut)).statusCode()).isEqualTo(410);
            assertThat(names(cut)).isEmpty();
            assertThat(names(".part")).isEmpty();
            assertThat(names(".wav")).hasSize(1);
            long bytes = Files.size(archive.resolve(names(".wav").getFirst()));
            assertThat(meter(next, "stentor.archive.bytes")).isBetween(bytes, bytes + 1_024);
            assertThat(meter(next, "stentor.archive.files")).isEqualTo(1);
            assertThat(next.log()).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    /**
     * Returns the id of a recording that cannot be finished for minutes, because the channel takes no more than it can play.
     */
    private String recordingUnderWay(GatewayProcess gateway) throws Exception {
        String text = "This sentence goes on and on, and is cut off before its end. ".repeat(80);
        var answer = HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/utterances"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> partBytes() > 100_000);
        String name = names(".part").getFirst();
        return name.substring(0, name.indexOf('.'));
    }

    private long partBytes() throws Exception {
        List<String> parts = names(".part");
        return parts.isEmpty() ? 0 : Files.size(archive.resolve(parts.getFirst()));
    }

    /** Returns a link with a valid signature, which no client was ever given. */
    private String goodLinkTo(String id) throws Exception {
        var expires = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        return new FileLinks(SigningKey.in(archive)).of(id, expires);
    }

    private static String link(GatewayProcess gateway, String text) throws Exception {
        var answer = HTTP.send(request(gateway, text).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var url =
                URI.create(JSON.readTree(answer.body()).at("/output/audio/url").asString());
        return url.getRawPath() + "?" + url.getRawQuery();
    }

    private static HttpRequest.Builder request(GatewayProcess gateway, String text) {
        String body = "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"" + text + "\",\"voice\":\"Ethan\"}}";
        return HttpRequest.newBuilder(gateway.http(GENERATION))
                .header("Authorization", "Bearer sk-anything")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<byte[]> get(GatewayProcess gateway, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(gateway.http(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static long meter(GatewayProcess gateway, String name) throws Exception {
        return JSON.readTree(HTTP.send(
                                HttpRequest.newBuilder(gateway.management("/actuator/metrics/" + name))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .at("/measurements/0/value")
                .asLong();
    }

    private List<String> names(String part) throws Exception {
        try (var files = Files.list(archive)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(part))
                    .toList();
        }
    }
}
