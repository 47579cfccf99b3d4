package dev.stentor.web.voices;

import static dev.stentor.testing.FakeStudio.cloned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.CloneOrder;
import dev.stentor.speech.CustomVoice;
import dev.stentor.speech.CustomVoices;
import dev.stentor.speech.DesignOrder;
import dev.stentor.speech.QwenCatalogue;
import dev.stentor.speech.QwenRules;
import dev.stentor.speech.RuledEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.Voice;
import dev.stentor.testing.FakeStudio;
import dev.stentor.testing.Recordings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.Multipart;
import dev.stentor.web.TestServer;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Spool;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VoicesApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] SOUND = Signals.selfIndexing(4_800);
    private static final String DESIGN =
            "{\"description\":\"A calm man.\",\"preview_text\":\"Good evening.\",\"name\":\"herald\",\"language\":\"en\"}";

    private final FakeStudio studio = new FakeStudio(cloned("qwen-tts-vc-old-voice-1"));
    private final CustomVoices made = new CustomVoices(List.of(studio), Duration.ofMinutes(1), Schedulers.parallel());
    private final Spool spool =
            new Spool(2, Duration.ofSeconds(10), Schedulers.boundedElastic(), Schedulers.parallel());
    private final ScriptedEngine engine = ScriptedEngine.speaking(SOUND, 960);
    private final TestServer server = server(made);

    @AfterEach
    void end() {
        server.close();
        Awaitility.await().until(() -> spool.files() == 0);
    }

    @Test
    void builtInAndMadeVoicesStandInOneList() {
        JsonNode list = JSON.readTree(server.get("/v1/voices").body());
        assertThat(list.path("default").asString()).isEqualTo("Cherry");
        assertThat(list.path("voices")).hasSize(50);
        assertThat(list.has("problem")).isFalse();
        JsonNode dylan = list.path("voices").get(40);
        assertThat(dylan.path("name").asString()).isEqualTo("Dylan");
        assertThat(dylan.path("chinese_name").asString()).isEqualTo("晓东");
        assertThat(dylan.path("sex").asString()).isEqualTo("male");
        assertThat(dylan.path("kind").asString()).isEqualTo("builtin");
        assertThat(dylan.path("dialect").asString()).isEqualTo("Beijing");
        assertThat(dylan.path("languages")).hasSize(10);
        assertThat(dylan.path("models")).hasSize(5);
        assertThat(list.path("voices").get(49)).isEqualTo(JSON.readTree("""
                {"name":"qwen-tts-vc-old-voice-1","note":"cloned voice","models":["qwen3-tts-vc-2026-01-22"],"kind":"cloned",
                 "languages":["English"],"created":"2026-03-04 05:06:07"}"""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "kind=cloned, 1",
        "kind=builtin, 49",
        "kind=embedded, 0",
        "sex=male&dialect=sichuan, 1",
        "dialect=Cantonese, 2",
        "model=qwen-tts, 4",
        "model=qwen3-tts-vc-2026-01-22, 1",
        "language=German, 49",
        "language=en&kind=cloned, 1",
        "language=Klingon, 0",
        "q=STORY, 1",
        "q=%E6%99%93%E4%B8%9C, 1",
        "q=cloned, 1"
    })
    void filtersNarrowTheList(String query, int voices) {
        assertThat(JSON.readTree(server.get("/v1/voices?" + query).body()).path("voices"))
                .hasSize(voices);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"color=red, UnknownFilter, color", "sex=other, InvalidField, sex", "kind=made, InvalidField, kind"})
    void aFilterThatThereIsNotIsRefusedByName(String query, String code, String field) {
        assertProblem(server.get("/v1/voices?" + query), 400, code, field);
    }

    @Test
    void aSilentStudioDoesNotHideTheBuiltInVoices() {
        studio.failWith(new SpeechFailure.Unreachable("No connection."));
        JsonNode list = JSON.readTree(server.get("/v1/voices").body());
        assertThat(list.path("voices")).hasSize(49);
        assertThat(list.path("problem").path("code").asString()).isEqualTo("UpstreamUnreachable");
        assertThat(JSON.readTree(server.get("/v1/voices?kind=builtin").body()).has("problem"))
                .isFalse();
    }

    @Test
    void aRecordingBecomesAVoiceThatCanSpeakAtOnce() {
        byte[] wav = Recordings.wav(24_000, 1, 16, 12);
        HttpResponse<String> created = post(new Multipart()
                .file("audio", wav)
                .field("name", "guanyu")
                .field("language", "Chinese")
                .field("text", "Hello."));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("location")).hasValue("/v1/voices/qwen-tts-vc-guanyu-voice-1");
        JsonNode voice = JSON.readTree(created.body());
        assertThat(voice.path("name").asString()).isEqualTo("qwen-tts-vc-guanyu-voice-1");
        assertThat(voice.path("models").get(0).asString()).isEqualTo("qwen3-tts-vc-2026-01-22");
        assertThat(voice.path("preview").path("url").asString())
                .isEqualTo("/v1/voices/qwen-tts-vc-guanyu-voice-1/preview");
        assertThat(studio.recordings()).singleElement().isEqualTo(wav);
        assertThat(studio.orders()).singleElement().isInstanceOfSatisfying(CloneOrder.class, order -> {
            assertThat(order.name()).isEqualTo("guanyu");
            assertThat(order.language()).isEqualTo("zh");
            assertThat(order.transcript()).isEqualTo("Hello.");
            assertThat(order.recording().mediaType()).isEqualTo("audio/wav");
            assertThat(order.recording().bytes()).isEqualTo(wav.length);
        });
        assertThat(server.get("/v1/voices/qwen-tts-vc-guanyu-voice-1").statusCode())
                .isEqualTo(200);
        assertThat(server.bytes("/v1/voices/qwen-tts-vc-guanyu-voice-1/preview").statusCode())
                .isEqualTo(200);
        assertThat(engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.model()).isEqualTo("qwen3-tts-vc-2026-01-22");
            assertThat(request.languageType()).isEqualTo("Chinese");
        });
    }

    @Test
    void mp3AndM4aAreToldByTheirContent() {
        assertThat(post(new Multipart().field("name", "a").file("audio", Recordings.mp3(1, 10)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(new Multipart().field("name", "b").file("audio", Recordings.m4a(1_000, 10_000)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(studio.orders())
                .extracting(order -> ((CloneOrder) order).recording().mediaType())
                .containsExactly("audio/mpeg", "audio/mp4");
    }

    @Test
    void aWrongFormIsRefusedByField() {
        byte[] good = Recordings.wav(24_000, 1, 16, 12);
        assertForm(new Multipart().field("name", "a"), 400, "audio", "missing");
        assertForm(new Multipart().file("audio", good), 400, "name", "required");
        assertForm(new Multipart().file("audio", good).field("name", "a b"), 400, "name", "letters");
        assertForm(new Multipart().file("audio", good).field("name", "a".repeat(17)), 400, "name", "16");
        assertForm(new Multipart().field("audio", "text").field("name", "a"), 400, "audio", "file");
        assertForm(new Multipart().file("name", good), 400, "name", "file");
        assertForm(new Multipart().field("nam", "a"), 400, "nam", "no such field");
        assertForm(new Multipart().file("sound", good), 400, "sound", "no such field");
        assertForm(new Multipart().field("name", "a").field("name", "b"), 400, "name", "twice");
        assertForm(form(good).field("language", "Klingon"), 400, "language", "zh");
        assertForm(form(good).field("model", "qwen3-tts-flash"), 400, "model", "qwen3-tts-vc-2026-01-22");
        assertForm(form(good).field("model", "qwen3-tts-vc-realtime-2026-01-15"), 400, "model", "does not speak");
        assertForm(form(good).field("text", "a".repeat(4_001)), 400, "text", "4000");
        assertThat(studio.orders()).isEmpty();
    }

    @Test
    void aRecordingThatTheServiceWouldNotTakeIsRefusedHere() {
        assertForm(form(new byte[0]), 400, "audio", "empty");
        assertForm(form("this is no sound at all, only text".getBytes(UTF_8)), 400, "audio", "neither WAV");
        assertForm(form(Recordings.wav(16_000, 1, 16, 12)), 400, "audio", "16000");
        assertForm(form(Recordings.wav(24_000, 2, 16, 12)), 400, "audio", "mono");
        assertForm(form(Recordings.wav(24_000, 1, 24, 12)), 400, "audio", "16-bit");
        assertForm(form(Recordings.wav(24_000, 1, 16, 2.9)), 400, "audio", "2900 ms");
        assertForm(form(Recordings.wav(24_000, 1, 16, 61)), 400, "audio", "61000 ms");
        assertForm(form(Recordings.wav(1, 24_000, 1, 16, 48_000 * 20, 48_000)), 400, "audio", "1000 ms");
        assertForm(form(Arrays.copyOf(Recordings.wav(24_000, 1, 16, 12), 30)), 400, "audio", "cut off");
        assertForm(form(Recordings.mp3(2, 12)), 400, "audio", "16000");
        assertForm(form(Recordings.mp3(1, 90)), 400, "audio", "90000 ms");
        assertForm(form(Recordings.m4a(1_000, 90_000)), 400, "audio", "90000 ms");
        assertForm(form(new byte[10_000_000]), 413, "audio", "10 MB");
        assertThat(studio.orders()).isEmpty();
        assertThat(post(form(Recordings.wav(48_000, 1, 16, 60))).statusCode()).isEqualTo(201);
    }

    @Test
    void aBodyThatIsNotWhatItSaysIsMalformed() {
        HttpResponse<String> answer = server.post("/v1/voices", Multipart.TYPE, BodyPublishers.ofString("--other\r\n"));
        assertProblem(answer, 400, "MalformedBody", "");
        assertProblem(post(new Multipart().field("text", "a".repeat(40_000))), 413, "BodyTooLarge", "");
        HttpResponse<String> text = server.post("/v1/voices", "text/plain", BodyPublishers.ofString("Hi"));
        assertThat(text.statusCode()).isEqualTo(415);
    }

    @Test
    void whatTheStudioFailsWithIsAProblem() {
        studio.failWith(new SpeechFailure.Refused(400, "Audio.PreprocessError", "No speech found.", "r"));
        assertProblem(post(form(Recordings.wav(24_000, 1, 16, 12))), 400, "Audio.PreprocessError", "");
        studio.failWith(new SpeechFailure.Refused(401, "InvalidApiKey", "Invalid key.", "r"));
        assertProblem(server.post("/v1/voices", DESIGN), 502, "InvalidApiKey", "");
        studio.failWith(new SpeechFailure.Throttled("Throttling", "Slowly.", Duration.ofSeconds(7)));
        HttpResponse<String> slow = server.post("/v1/voices", DESIGN);
        assertProblem(slow, 429, "Throttling", "");
        assertThat(slow.headers().firstValue("retry-after")).hasValue("7");
    }

    @Test
    void aDescriptionBecomesAVoiceWithAPreview() {
        HttpResponse<String> created = server.post("/v1/voices", DESIGN);
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode voice = JSON.readTree(created.body());
        assertThat(voice.path("kind").asString()).isEqualTo("designed");
        assertThat(voice.path("note").asString()).isEqualTo("A calm man.");
        assertThat(voice.path("preview").path("data").asString()).isEqualTo("UklGRg==");
        assertThat(voice.path("preview").path("media_type").asString()).isEqualTo("audio/wav");
        assertThat(studio.orders())
                .containsExactly(
                        new DesignOrder("herald", "qwen3-tts-vd-2026-01-26", "A calm man.", "Good evening.", "en"));
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            "description":"d"             | "description":""                | InvalidField | description
            "description":"d"             | "describe":"d"                  | UnknownField | describe
            "preview_text":"p"            | "preview_text":" "              | InvalidField | preview_text
            "name":"n"                    | "name":"n-1"                    | InvalidField | name
            "language":"en"               | "language":"xx"                 | InvalidField | language
            "model":"qwen9"               | "model":"qwen3-tts-vc-2026-01-22" | InvalidField | model""")
    void aWrongDescriptionIsRefusedByField(String right, String wrong, String code, String field) {
        String body =
                "{\"description\":\"d\",\"preview_text\":\"p\",\"name\":\"n\",\"language\":\"en\",\"model\":\"qwen9\"}";
        assertThat(body).contains(right);
        assertProblem(server.post("/v1/voices", body.replace(right, wrong)), 400, code, field);
        assertThat(server.post("/v1/voices", body).statusCode()).isEqualTo(201);
    }

    @Test
    void textsOfADesignAreBounded() {
        assertProblem(
                server.post("/v1/voices", DESIGN.replace("A calm man.", "d".repeat(2_049))),
                400,
                "InvalidField",
                "description");
        assertProblem(
                server.post("/v1/voices", DESIGN.replace("Good evening.", "p".repeat(1_025))),
                400,
                "InvalidField",
                "preview_text");
    }

    @Test
    void aDeletedVoiceIsGone() {
        assertThat(server.delete("/v1/voices/qwen-tts-vc-old-voice-1").statusCode())
                .isEqualTo(204);
        assertProblem(server.get("/v1/voices/qwen-tts-vc-old-voice-1"), 404, "NotFound", "voice");
        assertProblem(server.delete("/v1/voices/qwen-tts-vc-old-voice-1"), 404, "NotFound", "voice");
        assertProblem(server.delete("/v1/voices/Cherry"), 409, "BuiltInVoice", "");
        assertThat(JSON.readTree(server.get("/v1/voices").body()).path("voices"))
                .hasSize(49);
    }

    @Test
    void aVoiceWithABlankInItsNameIsFoundAndHeard() {
        assertThat(JSON.readTree(server.get("/v1/voices/Eldric%20Sage").body())
                        .path("name")
                        .asString())
                .isEqualTo("Eldric Sage");
        HttpResponse<byte[]> wav = server.bytes("/v1/voices/Eldric%20Sage/preview");
        assertThat(wav.headers().firstValue("content-type")).hasValue("audio/wav");
        assertThat(Arrays.copyOfRange(wav.body(), 44, wav.body().length)).isEqualTo(SOUND);
        assertThat(new String(wav.body(), 0, 4, UTF_8)).isEqualTo("RIFF");
        assertThat(ByteBuffer.wrap(wav.body()).order(ByteOrder.LITTLE_ENDIAN).getInt(40))
                .isEqualTo(SOUND.length);
        assertThat(engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.languageType()).isEqualTo("English");
            assertThat(request.text()).startsWith("Hello");
        });
    }

    @Test
    void aPreviewSpeaksTheLanguageThatIsAskedForAndADialectItsOwn() {
        assertThat(server.bytes("/v1/voices/Cherry/preview?language=de").statusCode())
                .isEqualTo(200);
        assertThat(server.bytes("/v1/voices/Kiki/preview").statusCode()).isEqualTo(200);
        assertThat(engine.requests())
                .extracting(
                        request -> request.languageType() + " " + request.text().substring(0, 2))
                .containsExactly("German Gu", "Chinese 你好");
        assertProblem(server.get("/v1/voices/Cherry/preview?language=tlh"), 400, "InvalidField", "language");
        assertProblem(server.get("/v1/voices/Nobody/preview"), 404, "NotFound", "voice");
    }

    @Test
    void withoutAnAccountNothingIsMadeButAllIsListed() {
        try (var local = server(CustomVoices.none())) {
            assertProblem(local.post("/v1/voices", DESIGN), 501, "NoVoiceStudio", "");
            assertThat(JSON.readTree(local.post("/v1/voices", DESIGN).body())
                            .path("detail")
                            .asString())
                    .contains("DASHSCOPE_API_KEY", "gateway.engine");
            assertThat(JSON.readTree(local.get("/v1/voices").body()).path("voices"))
                    .hasSize(49);
            assertProblem(local.get("/v1/voices/qwen-tts-vc-x"), 404, "NotFound", "voice");
        }
    }

    @Test
    void aVoiceWithoutAModelIsShownAllTheSame() {
        studio.add(new CustomVoice("odd", Voice.Kind.DESIGNED, "", null, null, null));
        assertThat(JSON.readTree(server.get("/v1/voices/odd").body()).path("models"))
                .isEmpty();
    }

    private TestServer server(CustomVoices voices) {
        List<Voice> offered = QwenCatalogue.standard().voices();
        var rules = new QwenRules(QwenCatalogue.standard(), voices, QwenCatalogue.DEFAULT_MODEL);
        return new TestServer(new VoicesApi(
                        offered,
                        "Cherry",
                        voices,
                        new RuledEngine(engine, rules),
                        new JsonBody(100_000, Schedulers.parallel()),
                        spool)
                .routes());
    }

    private static Multipart form(byte[] audio) {
        return new Multipart().file("audio", audio).field("name", "n");
    }

    private HttpResponse<String> post(Multipart form) {
        return server.post("/v1/voices", Multipart.TYPE, BodyPublishers.ofByteArray(form.end()));
    }

    private void assertForm(Multipart form, int status, String field, String words) {
        HttpResponse<String> answer = post(form);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("detail").asString()).contains(words);
        assertThat(problem.path("field").asString()).isEqualTo(field);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code, String field) {
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("field").asString("")).isEqualTo(field);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
