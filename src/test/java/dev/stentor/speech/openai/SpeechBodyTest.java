package dev.stentor.speech.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechRequest;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SpeechBodyTest {

    private final SpeechBody body = new SpeechBody(OpenAiSettings.of(URI.create("http://127.0.0.1/v1"), ""));

    @Test
    void aSpeedIsSentIfItIsAnotherThan1() {
        SpeechRequest request = SpeechRequest.of("Hi");

        assertThat(new String(body.of(request.atSpeed(1.25)), UTF_8)).contains("\"speed\":1.25");
        assertThat(new String(body.of(request), UTF_8)).doesNotContain("speed");
    }
}
