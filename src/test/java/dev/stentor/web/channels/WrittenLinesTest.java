package dev.stentor.web.channels;

import static dev.stentor.web.channels.WritingDesk.ONE;
import static dev.stentor.web.channels.WritingDesk.UTTERANCES;
import static dev.stentor.web.channels.WritingDesk.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.OpenTextSettings;
import dev.stentor.speech.reading.Pauses;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.web.TestListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of utterances whose text comes line by line in the body of one request. */
class WrittenLinesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final WritingDesk desk = new WritingDesk();

    @AfterEach
    void end() {
        desk.close();
    }

    @Test
    void linesAreSpokenWhileTheirRequestStillArrives() throws Exception {
        var lines = new SubmissionPublisher<ByteBuffer>();
        CompletableFuture<HttpResponse<String>> answer = TestListener.HTTP.sendAsync(
                HttpRequest.newBuilder(desk.gateway.http(UTTERANCES))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.fromPublisher(lines))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(lines::hasSubscribers);
        say(lines, "{\"voice\":\"Cherry\"}\n{\"text\":\"The first sentence ");
        say(lines, "is here. The se\"}\n\n");
        Awaitility.await().until(() -> desk.spoken().equals(List.of("The first sentence is here.")));
        assertThat(answer).isNotDone();
        say(lines, "{\"text\":\"cond one ends\"}\r\n{\"text\":\" here.\"}");
        lines.close();
        HttpResponse<String> spoken = answer.get();
        assertThat(spoken.statusCode()).as(spoken.body()).isEqualTo(201);
        assertThat(spoken.headers().firstValue("location")).contains(ONE);
        assertThat(JSON.readTree(spoken.body()).path("text_state").asString()).isEqualTo("ended");
        assertThat(desk.done().path("text").asString())
                .isEqualTo("The first sentence is here. The second one ends here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":", "{}", "{\"text\":{}}", "[]", "{\"text\":\"a\",\"seq\":1}"})
    void aBrokenLineIsNamedAndWhatCameBeforeIsSpoken(String broken) throws Exception {
        HttpResponse<String> answer = lines("{}\n\n{\"text\":\"Before it.\"}\n" + broken + "\n{\"text\":\"After.\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asString()).startsWith("Line 4: ");
        assertThat(desk.done().path("text").asString()).isEqualTo("Before it.");
        assertThat(desk.spoken()).containsExactly("Before it.");
    }

    @Test
    void aBodyWithoutAnUtteranceSpeaksNothing() throws Exception {
        assertThat(lines("").statusCode()).isEqualTo(400);
        assertThat(lines("\n\n").statusCode()).isEqualTo(400);
        assertThat(lines("{\"texts\":1}\n{\"text\":\"a\"}").body()).contains("Line 1: ");
        assertThat(lines("{\"open\":false}\n{\"text\":\"a\"}").body()).contains("Line 1: ");
        assertThat(lines("{\"text\":\"" + "a".repeat(70_000) + "\"}").statusCode())
                .isEqualTo(413);
        assertThat(desk.get("/v1/channels").body()).isEqualTo("[]");
    }

    @Test
    void aClientThatBreaksOffHasSaidWhatCame() throws Exception {
        Socket socket = halfSaid();
        Awaitility.await().until(() -> desk.get(ONE).body().contains("first sentence"));
        socket.close();
        JsonNode over = desk.done();
        assertThat(over.path("text_state").asString()).isEqualTo("ended");
        assertThat(desk.spoken()).containsExactly("The first sentence, and then");
    }

    @Test
    void aBodyThatStandsStillIsGivenUp() throws Exception {
        desk.use(ChannelSettings.conversation()
                .withWriting(new OpenTextSettings(
                        Duration.ofMillis(50), Duration.ofMillis(300), 2, 1_000, Pauses.NATURAL, SoundBound.STANDARD)));
        try (Socket socket = halfSaid()) {
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 408");
        }
        assertThat(desk.done().path("text").asString()).isEqualTo("The first sentence, and then");
    }

    @Test
    void linesWaitForRoomAndNoneIsLost() throws Exception {
        desk.useRoomFor(40);
        var body = new StringBuilder("{}\n");
        for (int i = 10; i < 30; i++) {
            body.append("{\"text\":\"Sentence number ").append(i).append(".\\n\"}\n");
        }
        HttpResponse<String> answer = lines(body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var _ = desk.done();
        assertThat(desk.spoken()).hasSize(20).isSorted();
    }

    @Test
    void aBodyThatIsSentAgainWithItsKeyIsSpokenOnce() throws Exception {
        String body = "{}\n{\"text\":\"Say it once.\"}\n{\"text\":\" And no more.\"}";
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(desk.gateway.http(UTTERANCES))
                    .header("Content-Type", "application/x-ndjson")
                    .header("Idempotency-Key", "k")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).contains("\"id\":\"u1\"");
            var _ = desk.done();
        }
        assertThat(String.join(" ", desk.spoken())).isEqualTo("Say it once. And no more.");
    }

    private Socket halfSaid() throws IOException {
        var socket = new Socket(
                InetAddress.getLoopbackAddress(), desk.gateway.http("/").getPort());
        String line = "{}\n{\"text\":\"The first sentence, and then\"}\n";
        socket.getOutputStream()
                .write(("POST " + UTTERANCES + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                + "Content-Length: 9000\r\n\r\n" + line)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void say(SubmissionPublisher<ByteBuffer> to, String text) {
        to.submit(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> lines(String body) throws Exception {
        return send(HttpRequest.newBuilder(desk.gateway.http(UTTERANCES))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
