package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.alibaba.dashscope.audio.ttsv2.enrollment.Voice;
import com.alibaba.dashscope.audio.ttsv2.enrollment.VoiceEnrollmentService;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.exception.InputRequiredException;
import com.alibaba.dashscope.exception.NoApiKeyException;
import com.alibaba.dashscope.utils.Constants;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests with the official Java client's class for voices, unmodified. */
class OfficialJavaEnrollmentTest {

    private static final String ENTRY = """
            {"voice_id":"cosyvoice-abc-1","gmt_create":"2025-08-11 17:59:32","gmt_modified":"2025-08-11 18:00:00","status":"OK"}""";

    private final CustomizationStage stage = new CustomizationStage(Map.of(
            "create_voice",
                    StubService.Answer.ok("{\"output\":{\"voice_id\":\"cosyvoice-abc-1\"},\"request_id\":\"up-1\"}"),
            "list_voice",
                    StubService.Answer.ok("{\"output\":{\"voice_list\":[" + ENTRY + "]},\"request_id\":\"up-2\"}"),
            "query_voice",
                    StubService.Answer.ok(
                            "{\"output\":{\"voice_id\":\"cosyvoice-abc-1\",\"target_model\":\"cosyvoice-v2\",\"resource_link\":\"https://example.org/a\",\"gmt_create\":\"2025-08-11 17:59:32\",\"gmt_modified\":\"2025-08-11 18:00:00\",\"status\":\"OK\"},\"request_id\":\"up-3\"}"),
            "update_voice", StubService.Answer.ok("{\"output\":{},\"request_id\":\"up-4\"}"),
            "delete_voice",
                    new StubService.Answer(
                            429, "{\"code\":\"Throttling\",\"message\":\"Too fast.\",\"request_id\":\"up-5\"}")));
    private final String usualBase = Constants.baseHttpApiUrl;
    private final VoiceEnrollmentService client = new VoiceEnrollmentService("sk-any");

    @BeforeEach
    void begin() {
        Constants.baseHttpApiUrl = stage.server.at("/api/v1").toString();
    }

    @AfterEach
    void end() {
        Constants.baseHttpApiUrl = usualBase;
        stage.close();
    }

    @Test
    void makesLooksUpdatesAndLists() throws NoApiKeyException, InputRequiredException {
        assertThat(client.createVoice("cosyvoice-v2", "abc", "https://example.org/a.wav")
                        .getVoiceId())
                .isEqualTo("cosyvoice-abc-1");
        assertThat(client.getLastRequestId()).isEqualTo("up-1");
        assertThat(client.listVoice("abc")).extracting(Voice::getStatus).containsExactly("OK");
        assertThat(client.queryVoice("cosyvoice-abc-1").getResourceLink()).isEqualTo("https://example.org/a");
        client.updateVoice("cosyvoice-abc-1", "https://example.org/b.wav");
        assertThat(client.getLastRequestId()).isEqualTo("up-4");
        assertThat(stage.service.requests())
                .extracting(request -> request.path("input").path("action").asString())
                .containsExactly("create_voice", "list_voice", "query_voice", "update_voice");
        assertThat(stage.service.keys()).containsOnly("Bearer sk-own");
    }

    @Test
    void isToldWhatTheServiceSays() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.deleteVoice("cosyvoice-abc-1"))
                .satisfies(refused -> {
                    assertThat(refused.getStatus().getStatusCode()).isEqualTo(429);
                    assertThat(refused.getStatus().getCode()).isEqualTo("Throttling");
                    assertThat(refused.getStatus().getRequestId()).isEqualTo("up-5");
                });
    }

    @Test
    void isToldWhatIsWrongBeforeTheServiceIsAsked() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.createVoice("cosyvoice-v2", "Far-Too-Long", "https://example.org/a.wav"))
                .satisfies(refused -> {
                    assertThat(refused.getStatus().getStatusCode()).isEqualTo(400);
                    assertThat(refused.getStatus().getMessage()).contains("input.prefix");
                });
        assertThat(stage.service.requests()).isEmpty();
    }
}
