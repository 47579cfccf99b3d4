package dev.stentor.web.openai;

import static dev.stentor.web.openai.SpeechServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.audio.WavHeader;
import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiApiTest {

    private static final byte[] SOUND = Signals.selfIndexing(10_000);

    private static final SpeechFailure CUT =
            new SpeechFailure.FailedInStream(429, "Throttling.RateQuota", "Too fast.", "upstream-7", 2);

    @Test
    void pcmIsTheSamplesOfTheEngineAndNothingElse() {
        HttpResponse<byte[]> answer = answer(speaking(), asking("\"response_format\":\"pcm\""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SOUND);
        assertThat(answer.headers().allValues("content-type")).containsExactly("audio/pcm;rate=24000");
        assertThat(answer.headers().allValues("x-request-id")).containsExactly("request-1");
        assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\"response_format\":\"wav\"", "\"response_format\":null", "\"model\":\"tts-1\""})
    void wavIsTheSameBehindAHeaderAndWhatComesUnasked(String members) {
        HttpResponse<byte[]> answer = answer(speaking(), asking(members));
        assertThat(answer.headers().allValues("content-type")).containsExactly("audio/wav");
        assertThat(answer.body()).isEqualTo(wav());
    }

    @Test
    void opusIsAnOggFileOfAllSamples() {
        HttpResponse<byte[]> answer = answer(speaking(), asking("\"response_format\":\"opus\""));
        assertThat(answer.headers().allValues("content-type")).containsExactly("audio/ogg;codecs=opus");
        assertThat(answer.body()).isEqualTo(opus());
    }

    @Test
    void opusIsMadeOnAThreadOfItsOwn() {
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        var engine = ScriptedEngine.of(_ -> Flux.fromIterable(Signals.chunks(SOUND, 960))
                .doOnRequest(_ -> threads.add(Thread.currentThread().getName())));
        assertThat(answer(engine, asking("\"response_format\":\"opus\"")).body())
                .isEqualTo(opus());
        assertThat(threads.stream().skip(1)).isNotEmpty().allMatch(name -> name.startsWith(SpeechServer.ENCODING));
    }

    @Test
    void eventsAreLinesOfDataAlone() {
        var engine = ScriptedEngine.speaking(new byte[] {1, 2, 3, 4, 5, 6}, 4);
        HttpResponse<byte[]> answer = answer(engine, asking("\"response_format\":\"pcm\",\"stream_format\":\"sse\""));
        assertThat(answer.headers().allValues("content-type")).containsExactly("text/event-stream;charset=UTF-8");
        assertThat(text(answer)).isEqualTo("""
                data: {"type":"speech.audio.delta","audio":"AQIDBA=="}

                data: {"type":"speech.audio.delta","audio":"BQY="}

                data: {"type":"speech.audio.done","usage":{"input_tokens":6,"output_tokens":0,"total_tokens":6}}

                """);
    }

    @Test
    void theEventsOfEveryFormatJoinToTheWholeFile() {
        assertThat(joined("wav")).isEqualTo(wav());
        assertThat(joined("opus")).isEqualTo(opus());
        assertThat(joined("pcm")).isEqualTo(SOUND);
    }

    @Test
    void aFailureBehindSoundIsTheLastEvent() {
        var engine = ScriptedEngine.failingAfter(new byte[] {1, 2, 3, 4}, 4, CUT);
        assertThat(text(answer(engine, asking("\"response_format\":\"pcm\",\"stream_format\":\"sse\""))))
                .isEqualTo("""
                data: {"type":"speech.audio.delta","audio":"AQIDBA=="}

                data: {"type":"error","error":{"message":"Too fast.","type":"rate_limit_error","param":null,"code":"Throttling.RateQuota"}}

                """);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pcm", "wav", "opus"})
    void aFailureBehindSoundCutsABodyOfSound(String format) {
        var engine = ScriptedEngine.failingAfter(SOUND, 960, CUT);
        try (var server = new SpeechServer(engine)) {
            String body = asking("\"response_format\":\"" + format + "\"");
            assertThatThrownBy(() -> server.post(body)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void allSoundBeforeTheFailureArrivesAndNoEndDoes() throws IOException {
        var engine = ScriptedEngine.failingAfter(new byte[] {'a', 'b', 'c', 'd'}, 2, CUT);
        try (var server = new SpeechServer(engine);
                var caller = new Caller(server.port(), "HTTP/1.1", asking("\"response_format\":\"pcm\""))) {
            assertThat(caller.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n2\r\nab\r\n2\r\ncd\r\n");
        }
    }

    @Test
    void whoKnowsNoChunksSeesTheConnectionReset() throws IOException {
        var engine = ScriptedEngine.failingAfter(new byte[] {'a', 'b'}, 2, CUT);
        try (var server = new SpeechServer(engine);
                var caller = new Caller(server.port(), "HTTP/1.0", asking("\"response_format\":\"pcm\""))) {
            assertThatThrownBy(caller::readToEnd).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pcm", "wav", "opus"})
    void aFailureBeforeTheFirstSoundIsAStatusHoweverItIsStreamed(String format) {
        var failure = new SpeechFailure.Throttled("Throttling.RateQuota", "Too fast.", Duration.ofMillis(1_200));
        for (String delivery : List.of("audio", "sse")) {
            HttpResponse<byte[]> answer = answer(
                    ScriptedEngine.failingAfter(new byte[0], 4, failure),
                    asking("\"response_format\":\"" + format + "\",\"stream_format\":\"" + delivery + "\""));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
            assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
            assertThat(answer.headers().firstValue("cache-control")).isEmpty();
            assertThat(text(answer)).isEqualTo("""
                            {"error":{"message":"Too fast.","type":"rate_limit_error","param":null,"code":"Throttling.RateQuota"}}""");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "401, 401, authentication_error",
        "403, 403, permission_error",
        "404, 404, invalid_request_error",
        "302, 502, server_error",
        "503, 503, server_error"
    })
    void whatTheServiceRefusesIsPassedOn(int status, int passedOn, String type) {
        var failure = new SpeechFailure.Refused(status, "ModelNotFound", "No.", "id");
        assertError(
                answer(ScriptedEngine.failingAfter(new byte[0], 4, failure), asking("\"model\":\"x\"")),
                passedOn,
                type,
                null,
                "ModelNotFound",
                "No.");
    }

    @Test
    void anEngineThatThrowsIsAnInternalErrorThatTellsNothing() {
        SpeechEngine broken = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                throw new IllegalStateException("secret detail");
            }
        };
        HttpResponse<byte[]> answer = answer(broken, asking("\"model\":\"m\""));
        assertError(answer, 500, "server_error", null, "internal_error", "its log says why");
        assertThat(text(answer)).doesNotContain("secret");
    }

    @Test
    void everythingThatTheEngineUnderstandsReachesIt() {
        var engine = speaking();
        String body = """
                {"model":"qwen-tts","input":"Hello.","voice":{"id":"Radio Gol"},"instructions":"Calmly.","speed":1.0,
                 "response_format":"pcm","language":"English","optimise":true,"future":{"a":[1]}}""";
        assertThat(answer(engine, body).statusCode()).isEqualTo(200);
        assertThat(engine.requests())
                .containsExactly(new SpeechRequest("Hello.", "qwen-tts", "Radio Gol", "English", "Calmly.", null));
    }

    @Test
    void theServicesOwnNameOfTheLanguageWins() {
        var engine = speaking();
        assertThat(answer(engine, asking("\"language_type\":\"German\",\"language\":\"English\""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(engine.requests()).extracting(SpeechRequest::languageType).containsExactly("German");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "tts-1,           alloy,    -,        -,                        Elias",
                "gpt-4o-mini-tts, onyx,     Calmly.,  qwen3-tts-instruct-flash, Vincent",
                "-,               -,        Calmly.,  qwen3-tts-instruct-flash, -",
                "-,               -,        -,        -,                        -",
                "qwen3-tts-flash, Cherry,   Calmly.,  qwen3-tts-flash,          Cherry",
                "unheard-of,      somebody, -,        unheard-of,               somebody"
            })
    void namesAreOpenAisOrTheEnginesOwn(
            @Nullable String model,
            @Nullable String voice,
            @Nullable String instructions,
            @Nullable String spokenModel,
            @Nullable String spokenVoice) {
        var engine = speaking();
        String body = "{\"input\":\"Hello.\",\"model\":" + quoted(model) + ",\"voice\":" + quoted(voice)
                + ",\"instructions\":" + quoted(instructions) + "}";
        assertThat(answer(engine, body).statusCode()).isEqualTo(200);
        assertThat(engine.requests())
                .containsExactly(new SpeechRequest("Hello.", spokenModel, spokenVoice, null, instructions, null));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"no-cache, true", "'max-age=0, No-Cache', true", "max-age=0, false", "no-store, false"})
    void whoWantsNoCopyGetsNone(String directives, boolean fresh) {
        var engine = speaking();
        try (var server = new SpeechServer(engine)) {
            var request = server.request(asking("\"model\":\"m\"")).header("Cache-Control", directives);
            assertThat(server.send(request.build()).statusCode()).isEqualTo(200);
        }
        assertThat(engine.requests()).extracting(SpeechRequest::fresh).containsExactly(fresh);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Bearer sk-not-ours", "Basic c2s6", ""})
    void aKeyIsNotAskedForAndGoesNowhere(String authorization) {
        var engine = speaking();
        try (var server = new SpeechServer(engine)) {
            HttpRequest.Builder request = server.request(asking("\"model\":\"m\""));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            assertThat(server.send(request.build()).statusCode()).isEqualTo(200);
        }
        assertThat(engine.requests().toString()).doesNotContain("not-ours");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "``                                        | - | invalid_json | JSON object",
                "{                                         | - | invalid_json | not valid JSON",
                "[]                                        | - | invalid_json | JSON object",
                "null                                      | - | invalid_json | JSON object",
                "{}                                        | input | missing_required_parameter | input",
                "{\"input\":null}                          | input | missing_required_parameter | input",
                "{\"input\":7}                             | input | invalid_type | string",
                "{\"input\":\"\"}                          | input | InvalidParameter | no text",
                "{\"input\":\"  \"}                        | input | InvalidParameter | no text",
                "{\"input\":\"a\",\"model\":7}             | model | invalid_type | string",
                "{\"input\":\"a\",\"voice\":[\"x\"]}       | voice | invalid_type | string",
                "{\"input\":\"a\",\"voice\":{\"id\":3}}    | voice | invalid_type | string",
                "{\"input\":\"a\",\"instructions\":true}   | instructions | invalid_type | string",
                "{\"input\":\"a\",\"language\":{}}         | language | invalid_type | string",
                "{\"input\":\"a\",\"language_type\":1}     | language_type | invalid_type | string",
                "{\"input\":\"a\",\"response_format\":\"mp3\"}  | response_format | unsupported_value | wav, pcm, opus",
                "{\"input\":\"a\",\"response_format\":\"aac\"}  | response_format | unsupported_value | wav, pcm, opus",
                "{\"input\":\"a\",\"response_format\":\"flac\"} | response_format | unsupported_value | wav, pcm, opus",
                "{\"input\":\"a\",\"response_format\":\"WAV\"}  | response_format | unsupported_value | wav, pcm, opus",
                "{\"input\":\"a\",\"response_format\":1}   | response_format | invalid_type | string",
                "{\"input\":\"a\",\"speed\":1.25}          | speed | unsupported_value | own speed",
                "{\"input\":\"a\",\"speed\":\"1\"}         | speed | invalid_type | number",
                "{\"input\":\"a\",\"stream_format\":\"ws\"} | stream_format | unsupported_value | audio or sse",
            })
    void aWrongBodyIsRefusedByTheNameOfWhatIsWrong(String body, @Nullable String param, String code, String words) {
        var engine = speaking();
        assertError(answer(engine, body), 400, "invalid_request_error", param, code, words);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void theInputMayBeAsLongAsTheLimitSays() {
        var engine = speaking();
        assertThat(answer(engine, "{\"input\":\"" + "😀".repeat(600) + "\"}").statusCode())
                .isEqualTo(200);
        assertError(
                answer(engine, "{\"input\":\"" + "a".repeat(601) + "\"}"),
                400,
                "invalid_request_error",
                "input",
                "string_above_max_length",
                "601 characters long; at most 600");
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void aBodyBeyondTheLimitIsNotReadToItsEnd() {
        assertError(
                answer(speaking(), "{\"input\":\"" + "a".repeat(1_000_000) + "\"}"),
                413,
                "invalid_request_error",
                null,
                "request_too_large",
                "too large");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "nonsense", "multipart/form-data"})
    void anotherContentTypeIsRefused(String type) {
        try (var server = new SpeechServer(speaking())) {
            var request = server.request(asking("\"model\":\"m\"")).setHeader("Content-Type", type);
            assertError(
                    server.send(request.build()),
                    415,
                    "invalid_request_error",
                    null,
                    "unsupported_media_type",
                    "application/json");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void anotherMethodIsToldWhichOneIsTaken(String method) {
        try (var server = new SpeechServer(speaking())) {
            var request = server.request("{}").method(method, HttpRequest.BodyPublishers.noBody());
            HttpResponse<byte[]> answer = server.send(request.build());
            assertThat(answer.headers().allValues("allow")).containsExactly("POST");
            assertError(answer, 405, "invalid_request_error", null, "method_not_allowed", "POST");
        }
    }

    @Test
    void whatTheEngineObjectsToIsNamedAsTheClientNamedIt() {
        SpeechEngine picky = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                throw new AssertionError("It was asked first.");
            }

            @Override
            public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
                return Optional.of(new SpeechFailure.InvalidInput("language_type", "Klingon is not spoken here."));
            }
        };
        for (String member : List.of("language", "language_type")) {
            assertError(
                    answer(picky, asking("\"" + member + "\":\"Klingon\"")),
                    400,
                    "invalid_request_error",
                    member,
                    "InvalidParameter",
                    "Klingon");
        }
    }

    @Test
    void whatTheEngineFindsWrongOnlyLaterIsNamedToo() {
        var engine = ScriptedEngine.of(_ -> Flux.error(
                () -> new SpeechException(new SpeechFailure.InvalidInput("voice", "There is no voice Nobody."))));
        assertError(
                answer(engine, asking("\"voice\":\"Nobody\"")),
                400,
                "invalid_request_error",
                "voice",
                "InvalidParameter",
                "There is no voice Nobody.");
    }

    @Test
    void aConnectionIsGoodForTheNextRequestWhateverCameOfTheLast() {
        var engine = speaking();
        try (var server = new SpeechServer(engine)) {
            for (int i = 0; i < 5; i++) {
                assertThat(server.post("{").statusCode()).isEqualTo(400);
                assertThat(server.post(asking("\"response_format\":\"pcm\"")).body())
                        .isEqualTo(SOUND);
                assertThat(server.post(asking("\"stream_format\":\"sse\"")).statusCode())
                        .isEqualTo(200);
            }
        }
        assertThat(engine.cancellations()).isZero();
    }

    private static ScriptedEngine speaking() {
        return ScriptedEngine.speaking(SOUND, 1_922);
    }

    private static String asking(String members) {
        return "{\"input\":\"Hello.\"," + members + "}";
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    private static HttpResponse<byte[]> answer(SpeechEngine engine, String body) {
        try (var server = new SpeechServer(engine)) {
            return server.post(body);
        }
    }

    private static byte[] joined(String format) {
        String events =
                text(answer(speaking(), asking("\"response_format\":\"" + format + "\",\"stream_format\":\"sse\"")));
        var joined = new ByteArrayOutputStream();
        Arrays.stream(events.split("\n\n"))
                .map(event -> JsonMapper.shared().readTree(event.substring("data: ".length())))
                .forEach(event -> joined.writeBytes(
                        Base64.getDecoder().decode(event.path("audio").asString(""))));
        return joined.toByteArray();
    }

    private static byte[] wav() {
        return ByteBuffer.allocate(WavHeader.BYTES + SOUND.length)
                .put(WavHeader.ofUnknownLength())
                .put(SOUND)
                .array();
    }

    private static byte[] opus() {
        var encoder = new OggOpusEncoder(OpusSettings.SPEECH, SpeechServer.REQUEST_ID.hashCode());
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head());
        file.writeBytes(encoder.encode(ByteBuffer.wrap(SOUND)));
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }

    private static void assertError(
            HttpResponse<byte[]> answer, int status, String type, @Nullable String param, String code, String words) {
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        JsonNode error = body.path("error");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue(SpeechServer.REQUEST_ID);
        assertThat(body.propertyNames()).containsExactly("error");
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(error.path("type").stringValue()).isEqualTo(type);
        assertThat(error.path("param").stringValue(null)).isEqualTo(param);
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).contains(words);
    }
}
