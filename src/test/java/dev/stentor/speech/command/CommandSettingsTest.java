package dev.stentor.speech.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stentor.audio.PcmFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "-v", "--help", "- x", "a;b", "a\nb", "$(x)", "a|b", "`x`", "a\0", "a'b", "{voice}"})
    void aValueIsNeverAnOptionNorAnOrder(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("Chinese", value), Map.of("default", "f2"), 22_050, "x"))
                .withMessageStartingWith("the value of \"Chinese\" must be letters, digits and signs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of("Ada", value), 22_050, "x"))
                .withMessageStartingWith("the value of \"Ada\" must be");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {"cmn", "en-us+f2", "/opt/voices/zh_CN-huayan-medium.onnx", "af_bella(2)+af_sky", "Voice 2", "C.x"
            })
    void namesAndFilesAreValues(String value) {
        assertThat(settings(Map.of("default", value), Map.of(), 22_050, "x").languages())
                .containsEntry("default", value);
    }

    @Test
    void wrongArgumentsAreNamed() {
        wrong("arguments must begin with a program");
        wrong("arguments must begin with a program", " ");
        wrong("arguments may hold {voice} and {language}, not {text}", "say", "{text}");
        wrong("the program itself must be named outright", "{voice}");
        wrong("voices must tell what {voice} stands for", "say", "-v{voice}");
        wrong("languages must tell what {language} stands for", "say", "{language}");
        wrong("arguments must not hold NUL", "say", "a\0b");
    }

    @Test
    void theRateIsOneOfTheUsual() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(), 22_254, "say"))
                .withMessageStartingWith("rate must be one of [8000");
    }

    @Test
    void theProgramIsShownWithoutItsFolder() {
        assertThat(settings(Map.of(), Map.of(), 22_050, "/opt/piper/piper").program())
                .isEqualTo("piper");
    }

    private static void wrong(String message, String... arguments) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(), 22_050, arguments))
                .withMessage(message);
    }

    private static CommandSettings settings(
            Map<String, String> languages, Map<String, String> voices, int rateHz, String... arguments) {
        return new CommandSettings(
                List.of(arguments), new PcmFormat(rateHz, 1, 16), languages, voices, Map.of(), 1, 1, SECOND, SECOND);
    }
}
