package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stentor.speech.SpeechRequest;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    private static final String EVERYTHING = """
            "text":"T","voice":"V","language_type":"L","instructions":"I","optimize_instructions":true""";

    private static final SpeechRequest ALL = new SpeechRequest("T", "m", "V", "L", "I", true);

    @Test
    void everyMemberMayStandInEitherPlace() {
        assertThat(read("{\"model\":\"m\",\"input\":{" + EVERYTHING + "}}")).isEqualTo(ALL);
        assertThat(read("{\"model\":\"m\",\"parameters\":{" + EVERYTHING + "}}"))
                .isEqualTo(ALL);
    }

    @Test
    void inputWinsOverParameters() {
        assertThat(read("""
                                {"model":"m","input":{"text":"a","voice":"b","language_type":"c","instructions":"d","optimize_instructions":false},
                                 "parameters":{%s}}""".formatted(EVERYTHING))).isEqualTo(new SpeechRequest("a", "m", "b", "c", "d", false));
    }

    @Test
    void nullInInputLeavesTheWordToParameters() {
        assertThat(read("{\"model\":\"m\",\"input\":{\"text\":\"T\",\"voice\":null},\"parameters\":{\"voice\":\"V\"}}"))
                .isEqualTo(new SpeechRequest("T", "m", "V", null, null, null));
    }

    @Test
    void emptyMeansTheDefault() {
        assertThat(read("""
                                {"model":"m","input":{"text":"T","voice":"","language_type":"","instructions":""},"parameters":null}""")).isEqualTo(new SpeechRequest("T", "m", null, null, null, null));
    }

    @Test
    void theLengthOfATextIsTheModelsOwnLimit() {
        assertThat(length("qwen3-tts-flash", "世".repeat(600))).isEqualTo(600);
        assertThat(refusal("qwen3-tts-flash", "世".repeat(601)))
                .isEqualTo("input.text: Range of input length should be [1, 600]");
        assertThat(length("qwen-tts", "a".repeat(2_048))).isEqualTo(2_048);
        assertThat(refusal("qwen-tts", "a".repeat(2_049)))
                .isEqualTo("input.text: About 513 tokens; range of input length should be [1, 512] tokens");
        assertThat(refusal("unheard-of", "a".repeat(601))).contains("[1, 600]");
        assertThat(refusal("qwen-tts", "")).contains("[1, 512]");
    }

    private static int length(String model, String text) {
        return read(body(model, text)).text().length();
    }

    private static String refusal(String model, String text) {
        return catchThrowableOfType(Rejection.class, () -> {
                    var _ = read(body(model, text));
                })
                .fault()
                .message();
    }

    private static String body(String model, String text) {
        return "{\"model\":\"" + model + "\",\"input\":{\"text\":\"" + text + "\"}}";
    }

    private static SpeechRequest read(String body) {
        return new RequestReader(600).read(body.getBytes(UTF_8));
    }
}
