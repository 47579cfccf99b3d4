package dev.stentor.web.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Language;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.web.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatalogueApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();

    private final TestServer server = new TestServer(new CatalogueApi(
                    CATALOGUE::models,
                    CATALOGUE::voices,
                    "qwen3-tts-flash",
                    () -> new EngineFacts(
                            List.of(EngineFacts.Speaker.QWEN_TTS, EngineFacts.Speaker.OPENAI),
                            List.of(Language.ENGLISH, Language.GERMAN)))
            .routes());

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aModelIsShownWithAllThatIsKnownOfIt() {
        JsonNode list = JSON.readTree(server.get("/v1/models").body());
        assertThat(list.path("default").asString()).isEqualTo("qwen3-tts-flash");
        assertThat(list.path("models")).hasSize(23);
        assertThat(list.path("models").get(0)).isEqualTo(JSON.readTree("""
                {"name":"qwen3-tts-flash","family":"flash","stands_for":"qwen3-tts-flash-2025-11-27",
                 "regions":["ap-southeast-1","cn-beijing"],"text_limit":{"count":600,"unit":"characters"},
                 "instructions":false,"voices":["builtin"],
                 "languages":["Chinese","English","German","Italian","Portuguese","Spanish","Japanese","Korean","French","Russian"],
                 "transport":"http","offered":true}"""));
    }

    @Test
    void theListTellsWhatSpeaksAndInWhichLanguages() {
        assertThat(JSON.readTree(server.get("/v1/models?family=qwen_tts").body())
                        .path("engine"))
                .isEqualTo(JSON.readTree("""
                        {"speakers":["qwen_tts","openai"],"languages":["English","German"],"loading":false}"""));
    }

    @Test
    void theListTellsOfABetterVoiceThatIsLoadedOrCannotBe() {
        var facts = new EngineFacts(
                List.of(EngineFacts.Speaker.EMBEDDED), List.of(Language.ENGLISH), true, "It lacks a file.");
        try (var loading = new TestServer(
                new CatalogueApi(CATALOGUE::models, CATALOGUE::voices, "qwen3-tts-flash", () -> facts).routes())) {
            assertThat(JSON.readTree(loading.get("/v1/models").body()).path("engine"))
                    .isEqualTo(JSON.readTree("""
                            {"speakers":["embedded"],"languages":["English"],"loading":true,"notice":"It lacks a file."}"""));
        }
    }

    @Test
    void theRealtimeTwinsAreThereAndNotOffered() {
        assertThat(JSON.readTree(server.get("/v1/models").body()).path("models"))
                .filteredOn(model -> model.path("transport").asString().equals("realtime"))
                .hasSize(12)
                .allSatisfy(
                        model -> assertThat(model.path("offered").asBoolean()).isFalse());
    }

    @Test
    void modelsThatCanSpeakAreListedAsOpenAisClientsReadThem() {
        JsonNode list = JSON.readTree(server.get("/v1/models").body());
        assertThat(list.path("object").asString()).isEqualTo("list");
        assertThat(list.path("data")).hasSize(11);
        assertThat(list.path("data").get(0)).isEqualTo(JSON.readTree("""
                {"id":"qwen3-tts-flash","object":"model","created":1764201600,"owned_by":"qwen"}"""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"qwen3-tts-flash", "QWEN3-TTS-Flash"})
    void aModelIsShownByItsName(String name) {
        JsonNode model = JSON.readTree(server.get("/v1/models/" + name).body());
        assertThat(model.path("id").asString()).isEqualTo("qwen3-tts-flash");
        assertThat(model.path("object").asString()).isEqualTo("model");
        assertThat(model.path("family").asString()).isEqualTo("flash");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"moon", "Qwen/moon", "a%2Fb"})
    void aModelThatThereIsNotIsNotFound(String name) {
        HttpResponse<String> answer = server.get("/v1/models/" + name);
        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode error = JSON.readTree(answer.body()).path("error");
        assertThat(error.path("code").asString()).isEqualTo("model_not_found");
        assertThat(error.path("param").asString()).isEqualTo("model");
    }

    @Test
    void speechModelsAndVoicesAreListedByIdAndName() {
        assertThat(JSON.readTree(server.get("/v1/audio/models").body()).path("models"))
                .hasSize(11)
                .contains(JSON.readTree("{\"id\":\"qwen3-tts-flash\",\"name\":\"qwen3-tts-flash\"}"));
        assertThat(JSON.readTree(server.get("/v1/audio/voices").body()).path("voices"))
                .hasSameSizeAs(CATALOGUE.voices())
                .contains(JSON.readTree("{\"id\":\"Cherry\",\"name\":\"Cherry\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "family=qwen_tts, 7",
        "family=Voice_Cloning, 3",
        "region=ap-southeast-1, 16",
        "region=cn-beijing, 23",
        "region=moon, 0",
        "instructions=true, 4",
        "instructions=false&family=instruct, 0"
    })
    void filtersNarrowTheList(String query, int models) {
        assertThat(JSON.readTree(server.get("/v1/models?" + query).body()).path("models"))
                .hasSize(models);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "colour=red, unknown_filter, colour",
        "family=big, invalid_field, family",
        "instructions=maybe, invalid_field, instructions",
        "region=, invalid_field, region",
        "region=a&region=b, invalid_field, region"
    })
    void aFilterThatThereIsNotIsRefusedByName(String query, String code, String field) {
        HttpResponse<String> answer = server.get("/v1/models?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode error = JSON.readTree(answer.body()).path("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("param").asString()).isEqualTo(field);
    }
}
