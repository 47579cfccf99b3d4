package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class CommandPropertiesTest {

    @Test
    void aProgramThatIsMissingOrWronglyToldIsNamed() {
        assertThatThrownBy(() -> Bound.engine(Map.of("gateway.command.arguments", "no-such-program-anywhere,--stdin")))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .extracting("reason")
                .asString()
                .startsWith("There is no program \"no-such-program-anywhere\"");
        assertThatThrownBy(() -> Bound.engine(Map.of("gateway.command.arguments", "java,-v,{voice}")))
                .extracting("reason")
                .isEqualTo("voices must tell what {voice} stands for");
    }

    @Test
    void theProgramsLanguagesAreReadByName() {
        var command = Bound.bind(Map.of(
                        "gateway.command.arguments[0]", "espeak-ng",
                        "gateway.command.arguments[1]", "{language}",
                        "gateway.command.languages.Chinese", "cmn",
                        "gateway.command.languages.default", "en-us"))
                .command();
        assertThat(command.arguments()).containsExactly("espeak-ng", "{language}");
        assertThat(command.languages()).isEqualTo(Map.of("Chinese", "cmn", "default", "en-us"));
    }

    @Test
    void soundOfAProgramThatIsToldOtherwiseIsOtherSound() {
        Map<String, String> told = Map.of(
                "gateway.command.arguments", "espeak-ng,-v,{language},--stdin,--stdout",
                "gateway.command.languages.Chinese", "cmn",
                "gateway.command.environment.ESPEAK_DATA_PATH", "/opt/a");
        String origin = Bound.bind(told).command().origin();
        assertThat(Bound.bind(told).command().origin()).isEqualTo(origin);
        Map.of(
                        "gateway.command.arguments", "espeak-ng,-v,{language},-s,300,--stdin,--stdout",
                        "gateway.command.languages.Chinese", "yue",
                        "gateway.command.voices.default", "f2",
                        "gateway.command.environment.ESPEAK_DATA_PATH", "/opt/b",
                        "gateway.command.rate", "16000",
                        "gateway.command.format", "pcm")
                .forEach((key, value) -> {
                    Map<String, String> otherwise = new HashMap<>(told);
                    otherwise.put(key, value);
                    assertThat(Bound.bind(otherwise).command().origin()).as(key).isNotEqualTo(origin);
                });
    }
}
