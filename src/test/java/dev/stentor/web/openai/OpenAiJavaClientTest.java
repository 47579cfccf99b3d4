package dev.stentor.web.openai;

import static dev.stentor.web.openai.Question.SOUND;
import static dev.stentor.web.openai.Question.speaking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.speech.SpeechCreateParams.ResponseFormat;
import dev.stentor.codec.FlacDecoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests with OpenAI's official client for Java, unmodified. */
class OpenAiJavaClientTest {

    private static SpeechServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = new SpeechServer(speaking());
        client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
                .apiKey("sk-anything")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void end() {
        client.close();
        server.close();
    }

    @Test
    void itsDefaultIsMp3() throws IOException {
        byte[] frames = spoken(wanted());
        assertThat(new String(frames, 13, 4, StandardCharsets.ISO_8859_1)).isEqualTo("Info");
    }

    @Test
    void hearsEverySampleInTheFormatsWithoutLoss() throws Exception {
        assertThat(spoken(wanted().responseFormat(ResponseFormat.PCM))).isEqualTo(SOUND);
        byte[] wav = spoken(wanted().responseFormat(ResponseFormat.WAV));
        assertThat(Arrays.copyOfRange(wav, 44, wav.length)).isEqualTo(SOUND);
        assertThat(FlacDecoding.of(spoken(wanted().responseFormat(ResponseFormat.FLAC))))
                .isEqualTo(SOUND);
    }

    @Test
    void isToldWhichMemberIsWrong() {
        assertThatThrownBy(() -> spoken(wanted().responseFormat(ResponseFormat.AAC)))
                .isInstanceOfSatisfying(BadRequestException.class, refused -> {
                    assertThat(refused.param()).hasValue("response_format");
                    assertThat(refused.code()).hasValue("unsupported_value");
                });
    }

    private static SpeechCreateParams.Builder wanted() {
        return SpeechCreateParams.builder()
                .input("Hello.")
                .model("gpt-4o-mini-tts")
                .voice("alloy");
    }

    private static byte[] spoken(SpeechCreateParams.Builder wanted) throws IOException {
        try (var answer = client.audio().speech().create(wanted.build())) {
            return answer.body().readAllBytes();
        }
    }
}
