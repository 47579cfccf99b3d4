package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CloneOrder;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.DesignOrder;
import dev.stentor.speech.voices.DesignedVoice;
import dev.stentor.speech.voices.VoiceStudio;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashScopeVoicesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CLONED = """
            {"output":{"voice":"qwen-tts-vc-guanyu-voice-20250812105009984-838b","target_model":"qwen3-tts-vc-2026-01-22"},\
            "usage":{"count":1},"request_id":"r1"}""";

    @Test
    void aRecordingGoesUpInBase64WithinTheJson() throws IOException {
        byte[] sound = Signals.selfIndexing(100_000);
        List<ScriptedServer.Request> requests = exchange(
                CLONED,
                voices -> voices.copy(new CloneOrder(
                        "guanyu", "qwen3-tts-vc-2026-01-22", "zh", "He said \"so\".", recording(sound, 7_777))),
                voice -> assertThat(voice)
                        .isEqualTo(new CustomVoice(
                                "qwen-tts-vc-guanyu-voice-20250812105009984-838b",
                                Voice.Kind.CLONED,
                                "qwen3-tts-vc-2026-01-22",
                                "zh",
                                null,
                                null)));
        ScriptedServer.Request request = requests.getFirst();
        assertThat(request.head()).startsWith("POST /api/v1/services/audio/tts/customization HTTP/1.1");
        assertThat(request.header("authorization")).hasValue("Bearer " + Stage.KEY);
        assertThat(request.header("x-dashscope-sse")).isEmpty();
        JsonNode body = JSON.readTree(request.body());
        assertThat(body.path("model").asString()).isEqualTo("qwen-voice-enrollment");
        JsonNode input = body.path("input");
        assertThat(input.path("action").asString()).isEqualTo("create");
        assertThat(input.path("target_model").asString()).isEqualTo("qwen3-tts-vc-2026-01-22");
        assertThat(input.path("preferred_name").asString()).isEqualTo("guanyu");
        assertThat(input.path("text").asString()).isEqualTo("He said \"so\".");
        assertThat(input.path("language").asString()).isEqualTo("zh");
        String data = input.path("audio").path("data").asString();
        assertThat(data).startsWith("data:audio/wav;base64,");
        assertThat(Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1)))
                .isEqualTo(sound);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void base64DoesNotDependOnHowTheBytesAreCut(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int n = 0; n < 500; n++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            var parts = Base64Stream.encode(
                            recording(bytes, 1 + random.nextInt(20)).content(), bytes.length)
                    .map(part -> new String(part, UTF_8))
                    .collectList()
                    .blockOptional(LIMIT)
                    .orElseThrow();
            assertThat(String.join("", parts)).isEqualTo(Base64.getEncoder().encodeToString(bytes));
            assertThat(Base64Stream.characters(bytes.length))
                    .isEqualTo(String.join("", parts).length());
        }
    }

    @Test
    void aDescriptionBecomesAVoiceWithAPreview() throws IOException {
        List<ScriptedServer.Request> requests = exchange(
                """
                {"output":{"preview_audio":{"data":"UklGRg==","sample_rate":24000,"response_format":"wav"},\
                "target_model":"qwen3-tts-vd-2026-01-26","voice":"qwen-tts-vd-announcer-voice-1"},"usage":{"count":1},"request_id":"r"}""",
                voices -> voices.design(
                        new DesignOrder("announcer", "qwen3-tts-vd-2026-01-26", "A calm man.", "Good evening.", "en")),
                designed -> {
                    assertThat(designed.preview()).isEqualTo(new DesignedVoice.Preview("UklGRg==", "wav"));
                    assertThat(designed.voice().name()).isEqualTo("qwen-tts-vd-announcer-voice-1");
                    assertThat(designed.voice().description()).isEqualTo("A calm man.");
                });
        assertThat(JSON.readTree(requests.getFirst().body())).isEqualTo(JSON.readTree("""
                {"model":"qwen-voice-design","input":{"action":"create","target_model":"qwen3-tts-vd-2026-01-26",
                 "voice_prompt":"A calm man.","preview_text":"Good evening.","preferred_name":"announcer","language":"en"},
                 "parameters":{"sample_rate":24000,"response_format":"wav"}}"""));
    }

    @Test
    void pagesAreTurnedUntilOneIsEmpty() throws IOException {
        List<ScriptedServer.Request> requests = exchange(
                List.of(
                        ok("{\"output\":{\"voice_list\":[" + entry("a") + "," + entry("b")
                                + "]},\"usage\":{\"count\":0}}"),
                        ok("{\"output\":{\"voice_list\":[" + entry("c") + "]}}"),
                        ok("{\"output\":{\"voice_list\":[]}}")),
                voices -> voices.voices(Voice.Kind.CLONED).collectList(),
                found -> {
                    assertThat(found).extracting(CustomVoice::name).containsExactly("a", "b", "c");
                    assertThat(found.getFirst().created()).isEqualTo("2025-08-11 17:59:32");
                });
        assertThat(requests)
                .extracting(request -> JSON.readTree(request.body())
                        .path("input")
                        .path("page_index")
                        .asInt())
                .containsExactly(0, 1, 2);
    }

    @Test
    void aTotalSparesTheEmptyPageAndRepetitionEndsTheList() throws IOException {
        String page = ok("{\"output\":{\"total_count\":1,\"page_index\":0,\"voice_list\":[" + entry("a") + "]}}");
        assertThat(exchange(
                        List.of(page),
                        voices -> voices.voices(Voice.Kind.DESIGNED).collectList(),
                        found -> assertThat(found).hasSize(1)))
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("qwen-voice-design"));
        String same = ok("{\"output\":{\"voice_list\":[" + entry("a") + "]}}");
        assertThat(exchange(
                        List.of(same, same),
                        voices -> voices.voices(Voice.Kind.CLONED).collectList(),
                        found -> assertThat(found).hasSize(1)))
                .hasSize(2);
    }

    @Test
    void aVoiceIsDeletedByItsName() throws IOException {
        List<ScriptedServer.Request> requests = exchange(
                "{\"usage\":{\"count\":0},\"request_id\":\"r\"}",
                voices -> voices.delete(Voice.Kind.CLONED, "qwen-tts-vc-x").thenReturn("gone"),
                gone -> assertThat(gone).isEqualTo("gone"));
        assertThat(JSON.readTree(requests.getFirst().body()))
                .isEqualTo(
                        JSON.readTree(
                                "{\"model\":\"qwen-voice-enrollment\",\"input\":{\"action\":\"delete\",\"voice\":\"qwen-tts-vc-x\"}}"));
    }

    @Test
    void whatTheServiceRefusesIsAFailureWithItsWords() throws IOException {
        String refusal = Wire.answer(
                400, "application/json", Wire.error(400, "Audio.PreprocessError", "No speech for " + Stage.KEY), "");
        try (var server = ScriptedServer.answering(refusal);
                var voices = voices(server)) {
            assertThat(failure(voices.copy(new CloneOrder("n", "m", null, null, recording(new byte[10], 10)))))
                    .isEqualTo(new SpeechFailure.Refused(
                            400, "Audio.PreprocessError", "No speech for [key]", Wire.REQUEST_ID));
        }
    }

    @Test
    void anAnswerThatNamesNoVoiceIsNotUnderstood() throws IOException {
        for (String body : List.of("{\"output\":{}}", "[]", "<html>", "{\"output\":{\"voice\":7}}")) {
            try (var server = ScriptedServer.answering(ok(body));
                    var voices = voices(server)) {
                assertThat(failure(voices.design(new DesignOrder("n", "m", "d", "p", null))))
                        .isInstanceOf(SpeechFailure.Malformed.class);
            }
        }
    }

    @Test
    void patienceEnds() throws IOException {
        try (var server = ScriptedServer.playing(connection -> {
                    connection.readRequest();
                    connection.awaitClosed();
                });
                var voices = new DashScopeVoices(
                        Stage.settings(server.baseUrl()), Duration.ofMillis(300), Schedulers.parallel())) {
            assertThat(failure(voices.voices(Voice.Kind.CLONED)))
                    .isEqualTo(new SpeechFailure.Silent(Duration.ofMillis(300), 0));
        }
    }

    @Test
    void noServerIsToldAsSuch() throws IOException {
        ScriptedServer gone = ScriptedServer.answering("");
        gone.close();
        try (var voices = voices(gone)) {
            assertThat(failure(voices.delete(Voice.Kind.DESIGNED, "x"))).isInstanceOf(SpeechFailure.Unreachable.class);
        }
    }

    @Test
    void foreignWordsPassBothWaysUnchanged() throws IOException {
        String question = "{\"model\":\"voice-enrollment\",\"input\":{\"action\":\"list_voice\"}}";
        String answer = "{ \"code\":\"VoiceNotFound\", \"new\":[1] }";
        List<ScriptedServer.Request> requests = exchange(
                List.of(Wire.answer(400, "application/json;charset=UTF-8", answer, "x-request-id: up-1\r\n")),
                voices -> voices.pass(
                        new VoiceStudio.Body(question.length(), Flux.just(ByteBuffer.wrap(question.getBytes(UTF_8))))),
                passed -> {
                    assertThat(passed.status()).isEqualTo(400);
                    assertThat(passed.contentType()).isEqualTo("application/json;charset=UTF-8");
                    assertThat(passed.requestId()).isEqualTo("up-1");
                    assertThat(UTF_8.decode(passed.body().duplicate()).toString())
                            .isEqualTo(answer);
                });
        assertThat(requests.getFirst().body()).isEqualTo(question);
    }

    private static String entry(String name) {
        return "{\"voice\":\"" + name + "\",\"gmt_create\":\"2025-08-11 17:59:32\",\"target_model\":\"m\"}";
    }

    private static String ok(String body) {
        return Wire.answer(200, "application/json", body, "Connection: close\r\n");
    }

    private static CloneOrder.Recording recording(byte[] sound, int partBytes) {
        return new CloneOrder.Recording("audio/wav", sound.length, Flux.fromIterable(Signals.chunks(sound, partBytes)));
    }

    private static DashScopeVoices voices(ScriptedServer server) {
        return new DashScopeVoices(Stage.settings(server.baseUrl()), LIMIT, Schedulers.parallel());
    }

    private static <T> List<ScriptedServer.Request> exchange(
            String answer, Function<DashScopeVoices, Mono<T>> work, Consumer<T> check) throws IOException {
        return exchange(List.of(ok(answer)), work, check);
    }

    /** Gives each answer on a connection of its own. */
    private static <T> List<ScriptedServer.Request> exchange(
            List<String> answers, Function<DashScopeVoices, Mono<T>> work, Consumer<T> check) throws IOException {
        var left = new ConcurrentLinkedQueue<>(answers);
        try (var server = ScriptedServer.playing(connection -> {
                    connection.readRequest();
                    connection.write(Objects.requireNonNull(left.poll()));
                });
                var voices = voices(server)) {
            check.accept(work.apply(voices).blockOptional(LIMIT).orElseThrow());
            return server.requests();
        }
    }

    private static SpeechFailure failure(Publisher<?> failing) {
        try {
            Flux.from(failing).blockLast(LIMIT);
        } catch (SpeechException failed) {
            return failed.failure();
        }
        throw new AssertionError("It did not fail.");
    }
}
