package dev.stentor.web.voices;

import static dev.stentor.testing.FakeStudio.cloned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenRules;
import dev.stentor.speech.qwen.RuledEngine;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.testing.FakeStudio;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.Multipart;
import dev.stentor.web.TestServer;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.edge.SpoolFiles;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of voices on a server of its own, with a fake studio behind it. */
final class Casting implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();
    static final byte[] SOUND = Signals.selfIndexing(4_800);
    static final String DESIGN =
            "{\"description\":\"A calm man.\",\"preview_text\":\"Good evening.\",\"name\":\"herald\",\"language\":\"en\"}";

    final FakeStudio studio = new FakeStudio(cloned("qwen-tts-vc-old-voice-1"));
    private final CustomVoices made = new CustomVoices(List.of(studio), Duration.ofMinutes(1), Schedulers.parallel());
    private final Spool spool;
    final ScriptedEngine engine = ScriptedEngine.speaking(SOUND, 960);
    final TestServer server;

    Casting() {
        this(new Spool(2, Duration.ofSeconds(10), Schedulers.boundedElastic(), Schedulers.parallel()));
    }

    Casting(Spool spool) {
        this.spool = spool;
        this.server = server(made);
    }

    @Override
    public void close() {
        server.close();
        Awaitility.await().until(() -> SpoolFiles.in(spool) == 0);
    }

    TestServer server(CustomVoices voices) {
        List<Voice> offered = QwenCatalogue.standard().voices();
        var rules = new QwenRules(QwenCatalogue.standard(), voices, QwenCatalogue.DEFAULT_MODEL);
        return new TestServer(new VoicesApi(
                        () -> offered,
                        "Cherry",
                        voices,
                        new RuledEngine(engine, rules),
                        new JsonBody(100_000, Schedulers.parallel()),
                        spool)
                .routes());
    }

    static Multipart form(byte[] audio) {
        return new Multipart().file("audio", audio).field("name", "n");
    }

    HttpResponse<String> post(Multipart form) {
        return server.post("/v1/voices", Multipart.TYPE, BodyPublishers.ofByteArray(form.end()));
    }

    void assertForm(Multipart form, int status, String field, String words) {
        HttpResponse<String> answer = post(form);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("detail").asString()).contains(words);
        assertThat(problem.path("field").asString()).isEqualTo(field);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code, String field) {
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("field").asString("")).isEqualTo(field);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
