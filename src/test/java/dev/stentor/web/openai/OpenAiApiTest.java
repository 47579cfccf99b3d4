package dev.stentor.web.openai;

import static dev.stentor.web.openai.Question.SOUND;
import static dev.stentor.web.openai.Question.answer;
import static dev.stentor.web.openai.Question.asking;
import static dev.stentor.web.openai.Question.speaking;
import static dev.stentor.web.openai.SpeechServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.WavHeader;
import dev.stentor.codec.FlacDecoding;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.Mp3Encoder;
import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

class OpenAiApiTest {

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
    @ValueSource(strings = {"\"response_format\":\"mp3\"", "\"response_format\":null", "\"model\":\"tts-1\""})
    void mp3IsWhatComesUnasked(String members) {
        HttpResponse<byte[]> answer = answer(speaking(), asking(members));
        assertThat(answer.headers().allValues("content-type")).containsExactly("audio/mpeg");
        assertThat(answer.body()).isEqualTo(mp3(OptionalLong.of(SOUND.length / 2)));
    }

    @Test
    void wavIsTheSameBehindAHeader() {
        HttpResponse<byte[]> answer = answer(speaking(), asking("\"response_format\":\"wav\""));
        assertThat(answer.headers().allValues("content-type")).containsExactly("audio/wav");
        assertThat(answer.body()).isEqualTo(wav(WavHeader.ofSamples(SOUND.length / 2)));
        assertThat(answer.headers().allValues("content-length")).containsExactly("" + (44 + SOUND.length));
    }

    @Test
    void aWavThatIsTooLongToBeHeldIsOpenEnded() {
        byte[] sound = Signals.selfIndexing(SpeechServer.LIMITS.heldBytes() / 2 + 2_000);
        HttpResponse<byte[]> answer =
                answer(ScriptedEngine.speaking(sound, 1_922), asking("\"response_format\":\"wav\""));
        ByteBuffer body = ByteBuffer.wrap(answer.body());
        assertThat(body.slice(0, WavHeader.BYTES)).isEqualTo(WavHeader.ofUnknownLength());
        assertThat(body.position(WavHeader.BYTES)).isEqualTo(ByteBuffer.wrap(sound));
        assertThat(answer.headers().allValues("content-length")).isEmpty();
    }

    @Test
    void flacIsTheSameWithoutLoss() throws IOException {
        HttpResponse<byte[]> answer = answer(speaking(), asking("\"response_format\":\"flac\""));
        assertThat(answer.headers().allValues("content-type")).containsExactly("audio/flac");
        assertThat(FlacDecoding.of(answer.body())).isEqualTo(SOUND);
        assertThat(FlacDecoding.head(answer.body()).getTotalSamples()).isEqualTo(SOUND.length / 2);
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
    void theEventsOfEveryFormatJoinToTheWholeFile() throws IOException {
        assertThat(joined("wav")).isEqualTo(wav(WavHeader.ofUnknownLength()));
        assertThat(joined("opus")).isEqualTo(opus());
        assertThat(joined("mp3")).isEqualTo(mp3(OptionalLong.empty()));
        assertThat(joined("pcm")).isEqualTo(SOUND);
        assertThat(FlacDecoding.of(joined("flac"))).isEqualTo(SOUND);
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

    @ParameterizedTest
    @CsvSource({"0.25", "1.25", "4", "4.0"})
    void theSpeedReachesTheEngine(String speed) {
        var engine = speaking();
        assertThat(answer(engine, asking("\"speed\":" + speed)).statusCode()).isEqualTo(200);
        assertThat(engine.requests()).extracting(SpeechRequest::speed).containsExactly(Double.parseDouble(speed));
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

    private static String quoted(@Nullable String value) {
        return value == null ? "null" : "\"" + value + "\"";
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

    private static byte[] mp3(OptionalLong samples) {
        var encoder = new Mp3Encoder(new Mp3BitRate(64_000));
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head(samples));
        file.writeBytes(encoder.encode(ByteBuffer.wrap(SOUND)));
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }

    private static byte[] wav(ByteBuffer header) {
        return ByteBuffer.allocate(WavHeader.BYTES + SOUND.length)
                .put(header)
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
}
