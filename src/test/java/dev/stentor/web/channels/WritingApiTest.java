package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.WritingSettings;
import dev.stentor.speech.Pauses;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WritingApiTest {

    private static final String UTTERANCES = "/v1/channels/lobby/utterances";
    private static final String ONE = UTTERANCES + "/u1";
    private static final JsonMapper JSON = new JsonMapper();

    private final ScriptedEngine engine = ScriptedEngine.of(request ->
            Flux.fromIterable(Signals.chunks(Signals.selfIndexing(request.text().length() * 50), 960)));
    private TestGateway gateway = new TestGateway(engine);

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void aTextIsWrittenPieceByPieceAndSpokenWhole() throws Exception {
        HttpResponse<String> opened = post(UTTERANCES, "{\"open\":true,\"voice\":\"Cherry\"}");
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.headers().firstValue("location")).contains(ONE);
        assertThat(JSON.readTree(opened.body()))
                .isEqualTo(
                        JSON.readTree("{\"id\":\"u1\",\"channel\":\"lobby\",\"state\":\"synthesizing\",\"text\":\"\","
                                + "\"text_state\":\"open\",\"next_seq\":1,\"voice\":\"Cherry\",\"samples\":0,"
                                + "\"progress\":{\"segments\":0,\"segments_begun\":0,\"characters\":0,\"estimated\":false},"
                                + "\"heard\":{\"samples\":0,\"ms\":0,\"characters\":0,\"estimated\":false,\"reported\":false},"
                                + "\"listeners\":[]}"));
        HttpResponse<String> first = post(ONE + "/text", "{\"seq\":1,\"text\":\"This is the first sentence. An\"}");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body())
                .isEqualTo("{\"id\":\"u1\",\"state\":\"synthesizing\",\"text_state\":\"open\",\"characters\":30,"
                        + "\"next_seq\":2}");
        Awaitility.await().until(() -> spoken().equals(List.of("This is the first sentence.")));
        assertThat(post(ONE + "/text", "{\"seq\":2,\"text\":\"other one follows.\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode ended = JSON.readTree(post(ONE + "/end", "{\"seq\":3}").body());
        assertThat(ended.path("text_state").asString()).isEqualTo("ended");
        assertThat(post(ONE + "/end", "").statusCode()).as("once more").isEqualTo(200);
        JsonNode over = done();
        assertThat(over.path("text").asString()).isEqualTo("This is the first sentence. Another one follows.");
        assertThat(over.path("text_state").asString()).isEqualTo("ended");
        assertThat(over.at("/progress/segments").asInt()).isEqualTo(2);
        assertThat(engine.requests()).extracting(SpeechRequest::voice).containsOnly("Cherry");
        assertThat(spoken()).containsExactly("This is the first sentence.", "Another one follows.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"seq":1,"text":"One. "}   | 200 |              | 3
            {"seq":2,"text":"Two. "}   | 200 |              | 3
            {"seq":3,"text":"Three. "} | 200 |              | 4
            {"seq":2,"text":"Zwei. "}  | 409 | SeqReused    | 3
            {"seq":4,"text":"Four. "}  | 409 | WrongSeq     | 3
            {"seq":0,"text":"a"}       | 400 | InvalidField | 0
            {"seq":-1,"text":"a"}      | 400 | InvalidField | 0
            {"text":"a"}               | 400 | InvalidField | 0
            {"seq":3}                  | 400 | InvalidField | 0
            {"seq":3,"text":5.5e}      | 400 | MalformedBody | 0
            {"seq":3,"words":"a"}      | 400 | UnknownField | 0
            """)
    void eachNumberIsTakenOnce(String body, int status, String code, long next) throws Exception {
        var _ = post(UTTERANCES, "{\"open\":true}");
        var _ = post(ONE + "/text", "{\"seq\":1,\"text\":\"One. \"}");
        var _ = post(ONE + "/text", "{\"seq\":2,\"text\":\"Two. \"}");
        HttpResponse<String> answer = post(ONE + "/text", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("next_seq").asLong(0)).isEqualTo(next);
        if (code != null) {
            assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo(code);
        }
        assertThat(JSON.readTree(get(ONE).body()).path("text").asString()).startsWith("One. Two. ");
    }

    @Test
    void whatCannotGoOnSaysWhy() throws Exception {
        assertThat(post(ONE + "/text", "{\"seq\":1,\"text\":\"a\"}").statusCode())
                .isEqualTo(404);
        var _ = post(UTTERANCES, "{\"text\":\"Given whole.\"}");
        conflict(post(ONE + "/text", "{\"seq\":1,\"text\":\"a\"}"), "NotOpen");
        conflict(post(ONE + "/end", "{}"), "NotOpen");
        assertThat(post(UTTERANCES + "/u9/end", "{}").statusCode()).isEqualTo(404);
        var _ = post(UTTERANCES, "{\"open\":true,\"text\":\"Begun. \"}");
        assertThat(post(UTTERANCES + "/u2/end", "{\"seq\":7}").statusCode()).isEqualTo(409);
        var _ = post(UTTERANCES + "/u2/end", "{\"seq\":1}");
        conflict(post(UTTERANCES + "/u2/text", "{\"seq\":1,\"text\":\"a\"}"), "TextEnded");
        var _ = post(UTTERANCES, "{\"open\":true}");
        var _ = post("/v1/channels/lobby/clear", "{}");
        conflict(post(UTTERANCES + "/u3/text", "{\"seq\":1,\"text\":\"a\"}"), "UtteranceOver");
        assertThat(JSON.readTree(post(UTTERANCES + "/u3/end", "{}").body())
                        .path("state")
                        .asString())
                .isEqualTo("cleared");
    }

    @Test
    void theFieldsOfAnOpenUtteranceAreCheckedLikeThoseOfAnyOther() throws Exception {
        assertThat(post(UTTERANCES, "{\"open\":true,\"mode\":\"loud\"}").statusCode())
                .isEqualTo(400);
        assertThat(post(UTTERANCES, "{\"open\":true,\"voice\":\"" + "v".repeat(201) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(UTTERANCES, "{\"open\":false}").statusCode()).isEqualTo(400);
        var _ = post(UTTERANCES, "{\"open\":true}");
        HttpResponse<String> large = post(ONE + "/text", "{\"seq\":1,\"text\":\"" + "a".repeat(300_000) + "\"}");
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(large.body()).path("code").asString()).isEqualTo("TooLong");
    }

    @Test
    void aPieceThatDoesNotFitNowIsToldWhenAndIsTakenLater() throws Exception {
        useRoomFor(60);
        var _ = post(UTTERANCES, "{\"open\":true,\"text\":\"This fits into the sixty that may wait here now.\"}");
        String more = "{\"seq\":1,\"text\":\" And this does not fit before that was said.\"}";
        HttpResponse<String> full = post(ONE + "/text", more);
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(full.body()).path("code").asString()).isEqualTo("TooMuchText");
        assertThat(Long.parseLong(full.headers().firstValue("retry-after").orElseThrow()))
                .isPositive();
        Awaitility.await().until(() -> post(ONE + "/text", more).statusCode() == 200);
        var _ = post(ONE + "/end", "{\"seq\":2}");
        var _ = done();
        assertThat(spoken())
                .containsExactly(
                        "This fits into the sixty that may wait here now.",
                        "And this does not fit before that was said.");
    }

    @Test
    void theSameKeyFindsTheSameOpenUtterance() throws Exception {
        String body = "{\"open\":true}";
        HttpRequest.Builder open = request(UTTERANCES, body).header("Idempotency-Key", "k");
        assertThat(send(open).body()).contains("\"id\":\"u1\"", "\"next_seq\":1");
        var _ = post(ONE + "/text", "{\"seq\":1,\"text\":\"a\"}");
        assertThat(send(open).body()).contains("\"id\":\"u1\"", "\"next_seq\":2");
    }

    @Test
    void linesAreSpokenWhileTheirRequestStillArrives() throws Exception {
        var lines = new SubmissionPublisher<ByteBuffer>();
        CompletableFuture<HttpResponse<String>> answer = TestListener.HTTP.sendAsync(
                HttpRequest.newBuilder(gateway.http(UTTERANCES))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.fromPublisher(lines))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(lines::hasSubscribers);
        say(lines, "{\"voice\":\"Cherry\"}\n{\"text\":\"The first sentence ");
        say(lines, "is here. The se\"}\n\n");
        Awaitility.await().until(() -> spoken().equals(List.of("The first sentence is here.")));
        assertThat(answer).isNotDone();
        say(lines, "{\"text\":\"cond one ends\"}\r\n{\"text\":\" here.\"}");
        lines.close();
        HttpResponse<String> spoken = answer.get();
        assertThat(spoken.statusCode()).as(spoken.body()).isEqualTo(201);
        assertThat(spoken.headers().firstValue("location")).contains(ONE);
        assertThat(JSON.readTree(spoken.body()).path("text_state").asString()).isEqualTo("ended");
        assertThat(done().path("text").asString()).isEqualTo("The first sentence is here. The second one ends here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":", "{}", "{\"text\":{}}", "[]", "{\"text\":\"a\",\"seq\":1}"})
    void aBrokenLineIsNamedAndWhatCameBeforeIsSpoken(String broken) throws Exception {
        HttpResponse<String> answer = lines("{}\n\n{\"text\":\"Before it.\"}\n" + broken + "\n{\"text\":\"After.\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asString()).startsWith("Line 4: ");
        assertThat(done().path("text").asString()).isEqualTo("Before it.");
        assertThat(spoken()).containsExactly("Before it.");
    }

    @Test
    void aBodyWithoutAnUtteranceSpeaksNothing() throws Exception {
        assertThat(lines("").statusCode()).isEqualTo(400);
        assertThat(lines("\n\n").statusCode()).isEqualTo(400);
        assertThat(lines("{\"texts\":1}\n{\"text\":\"a\"}").body()).contains("Line 1: ");
        assertThat(lines("{\"open\":false}\n{\"text\":\"a\"}").body()).contains("Line 1: ");
        assertThat(lines("{\"text\":\"" + "a".repeat(70_000) + "\"}").statusCode())
                .isEqualTo(413);
        assertThat(get("/v1/channels").body()).isEqualTo("[]");
    }

    @Test
    void aClientThatBreaksOffHasSaidWhatCame() throws Exception {
        Socket socket = halfSaid();
        Awaitility.await().until(() -> get(ONE).body().contains("first sentence"));
        socket.close();
        JsonNode over = done();
        assertThat(over.path("text_state").asString()).isEqualTo("ended");
        assertThat(spoken()).containsExactly("The first sentence, and then");
    }

    @Test
    void aBodyThatStandsStillIsGivenUp() throws Exception {
        use(ChannelSettings.conversation()
                .withWriting(
                        new WritingSettings(Duration.ofMillis(50), Duration.ofMillis(300), 2, 1_000, Pauses.NATURAL)));
        try (Socket socket = halfSaid()) {
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 408");
        }
        assertThat(done().path("text").asString()).isEqualTo("The first sentence, and then");
    }

    @Test
    void linesWaitForRoomAndNoneIsLost() throws Exception {
        useRoomFor(40);
        var body = new StringBuilder("{}\n");
        for (int i = 10; i < 30; i++) {
            body.append("{\"text\":\"Sentence number ").append(i).append(".\\n\"}\n");
        }
        HttpResponse<String> answer = lines(body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var _ = done();
        assertThat(spoken()).hasSize(20).isSorted();
    }

    @Test
    void aBodyThatIsSentAgainWithItsKeyIsSpokenOnce() throws Exception {
        String body = "{}\n{\"text\":\"Say it once.\"}\n{\"text\":\" And no more.\"}";
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(gateway.http(UTTERANCES))
                    .header("Content-Type", "application/x-ndjson")
                    .header("Idempotency-Key", "k")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).contains("\"id\":\"u1\"");
            var _ = done();
        }
        assertThat(String.join(" ", spoken())).isEqualTo("Say it once. And no more.");
    }

    private Socket halfSaid() throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.http("/").getPort());
        String line = "{}\n{\"text\":\"The first sentence, and then\"}\n";
        socket.getOutputStream()
                .write(("POST " + UTTERANCES + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                + "Content-Length: 9000\r\n\r\n" + line)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void useRoomFor(long characters) {
        ChannelSettings base = ChannelSettings.conversation();
        use(new ChannelSettings(
                base.preset(),
                base.lead(),
                base.prefetch(),
                100,
                characters,
                base.maxWaiting(),
                base.patience(),
                base.longestPause(),
                base.writing()));
    }

    private void use(ChannelSettings settings) {
        gateway.close();
        gateway = new TestGateway(engine, TestGateway.Options.standard().withChannel(settings));
    }

    private JsonNode done() throws Exception {
        Awaitility.await().until(() -> get(ONE).body().contains("\"state\":\"done\""));
        return JSON.readTree(get(ONE).body());
    }

    private List<String> spoken() {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }

    private static void say(SubmissionPublisher<ByteBuffer> to, String text) {
        to.submit(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void conflict(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo(code);
    }

    private HttpResponse<String> lines(String body) throws Exception {
        return send(HttpRequest.newBuilder(gateway.http(UTTERANCES))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(gateway.http(path)));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path, body));
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(gateway.http(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return TestListener.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
