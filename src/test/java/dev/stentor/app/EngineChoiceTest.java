package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineChoiceTest {

    @Test
    void aKeyChoosesTheCloudUnlessTheEngineIsNamed() {
        assertThat(Bound.engine(Map.of("gateway.dashscope.api-key", "sk-x"))).startsWith("Qwen-TTS at ");
        assertThat(Bound.engine(Map.of())).startsWith("the embedded voice");
        assertThat(Bound.engine(Map.of("gateway.dashscope.api-key", "sk-x", "gateway.engine", "local")))
                .startsWith("the embedded voice");
        assertThatThrownBy(() -> Bound.engine(Map.of("gateway.engine", "dashscope")))
                .hasMessageContaining("DASHSCOPE_API_KEY");
    }

    @Test
    void theNaturalVoiceIsTriedWhereItsFolderIsThereAndNoUpstreamSpeaks(@TempDir Path folder) {
        String natural = "gateway.natural.folder";
        String use = "gateway.natural.use";
        assertThat(Bound.engine(Map.of(natural, folder.toString(), use, "auto")))
                .startsWith("the natural voice");
        assertThat(Bound.engine(Map.of(natural, folder.resolve("none").toString(), use, "auto")))
                .startsWith("the embedded voice");
        assertThat(Bound.engine(Map.of(natural, folder.toString(), use, "never")))
                .startsWith("the embedded voice");
        assertThat(Bound.engine(Map.of(natural, folder.toString(), use, "auto", "gateway.dashscope.api-key", "sk-x")))
                .startsWith("Qwen-TTS at ");
    }

    @Test
    void aProgramSpeaksBesideTheEmbeddedVoice() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(Bound.engine(Map.of("gateway.command.arguments", java + ",--version")))
                .contains(" and " + java + " for other languages");
    }
}
