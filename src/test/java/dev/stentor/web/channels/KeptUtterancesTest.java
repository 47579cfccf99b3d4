package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.TestArchive;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.edge.PublicAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of utterances on a gateway that keeps recordings. */
class KeptUtterancesTest {

    private static final String UTTERANCES = "/v1/channels/lobby/utterances";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(4_800), 960);
    private TestArchive archive;
    private TestGateway gateway;

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
        var files = archive.addresses(new PublicAddress(URI.create("https://speech.example/tts")));
        gateway = new TestGateway(archive.overTexts(engine), TestGateway.Options.standard(), files);
    }

    @AfterEach
    void close() {
        gateway.close();
        archive.close();
        client.close();
    }

    @Test
    void anUtteranceTellsWhereItIsKeptOnceTheEngineHasSaidAll() throws Exception {
        JsonNode created = send(request());
        assertThat(created.has("file")).isFalse();
        JsonNode file = fileOf(created);
        assertThat(file.path("url").asString())
                .startsWith("https://speech.example/tts/v1/audio/a")
                .contains("?Expires=86400&Signature=");
        assertThat(file.path("expires_at").asLong()).isEqualTo(86_400);
    }

    @Test
    void theSameTextIsSpokenOnceUnlessItIsWantedAnew() throws Exception {
        JsonNode first = fileOf(send(request()));
        assertThat(fileOf(send(request()))).isEqualTo(first);
        assertThat(fileOf(send(request().header("Cache-Control", "no-cache")))).isNotEqualTo(first);
        assertThat(engine.requests()).extracting(SpeechRequest::fresh).containsExactly(false, true);
    }

    @Test
    void aTextThatIsWrittenPieceByPieceIsKeptAsOneFile() throws Exception {
        String open = send(post(UTTERANCES, "{\"open\":true,\"text\":\"One sentence. \"}", "application/json"))
                .path("id")
                .asString();
        String pieces = UTTERANCES + "/" + open + "/text";
        var _ = send(post(pieces, "{\"seq\":1,\"text\":\"And another one. \"}", "application/json"));
        var _ = send(post(UTTERANCES + "/" + open + "/end", "{\"seq\":2}", "application/json"));
        assertHolds(open);
    }

    @Test
    void theLinesOfABodyAreKeptAsOneFile() throws Exception {
        String lines = "{\"text\":\"One sentence. \"}\n{\"text\":\"And another one.\"}\n";
        String id =
                send(post(UTTERANCES, lines, "application/x-ndjson")).path("id").asString();
        assertHolds(id);
    }

    @Test
    void whatCannotBeKeptSaysWhy() throws Exception {
        gateway.close();
        archive.close();
        archive = TestArchive.ofShort(directory, 960);
        gateway = new TestGateway(
                archive.overTexts(engine), TestGateway.Options.standard(), archive.addresses(new PublicAddress(null)));
        assertThat(missing(send(request()).path("id").asString())).isEqualTo("RecordingTooLong");
        String open = send(post(UTTERANCES, "{\"open\":true,\"text\":\"\"}", "application/json"))
                .path("id")
                .asString();
        var _ = client.send(
                HttpRequest.newBuilder(gateway.http(UTTERANCES + "/" + open))
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(missing(open)).isEqualTo("Incomplete");
        gateway.close();
        gateway = new TestGateway(engine);
        assertThat(missing(send(request()).path("id").asString())).isEqualTo("ArchiveOff");
    }

    /** Checks that all of an utterance's sound is in its file: its sentences, and the pauses between them. */
    private void assertHolds(String id) throws Exception {
        var look = HttpRequest.newBuilder(gateway.http(UTTERANCES + "/" + id));
        Awaitility.await()
                .until(() -> send(look).path("state").asString().equals("done")
                        && send(look).has("file"));
        JsonNode utterance = send(look);
        String file = utterance.at("/file/url").asString();
        String name = file.substring(file.lastIndexOf('/') + 1, file.indexOf('?'));
        long kept = (Files.size(directory.resolve(name)) - 44) / 2;
        assertThat(kept)
                .isEqualTo(utterance.path("samples").asLong())
                .isGreaterThanOrEqualTo(engine.requests().size() * 4_800L);
        assertThat(utterance.has("file_error")).isFalse();
    }

    private String missing(String id) throws Exception {
        var look = HttpRequest.newBuilder(gateway.http(UTTERANCES + "/" + id));
        Awaitility.await().until(() -> send(look).has("file_error"));
        return send(look).at("/file_error/code").asString();
    }

    private HttpRequest.Builder post(String path, String body, String type) {
        return HttpRequest.newBuilder(gateway.http(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private JsonNode fileOf(JsonNode utterance) throws Exception {
        var look = HttpRequest.newBuilder(
                gateway.http(UTTERANCES + "/" + utterance.path("id").asString()));
        Awaitility.await().until(() -> send(look).has("file"));
        return send(look).path("file");
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(gateway.http(UTTERANCES))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Hello.\"}"));
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        return JsonMapper.shared()
                .readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
