package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.onnx.OnnxFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small graphs, computed by ONNX Runtime itself. */
class SpeechGraphTest {

    @TempDir
    Path folder;

    @Test
    void durationsAreThoseOfAllSymbolsAndOfTheFrame() throws Exception {
        OnnxFile graph = graph().output("durations", OnnxFile.FLOAT, 1, -1)
                .node("Cast", "tokens", "durations", "to", OnnxFile.FLOAT);
        try (SpeechGraph opened = opened(graph)) {
            GraphSound sound = opened.speak(new long[] {2, 5, 1}, new float[StyleTable.WIDTH], 1);
            assertThat(sound.durations()).containsExactly(0, 1_200, 3_000, 600, 0);
        }
    }

    @Test
    void aGraphWithoutDurationsGivesNone() throws Exception {
        try (SpeechGraph opened = opened(graph())) {
            GraphSound sound = opened.speak(new long[] {2, 5, 1}, new float[StyleTable.WIDTH], 2);
            assertThat(sound.samples()).containsExactly(2f);
            assertThat(sound.durations()).isEmpty();
        }
    }

    /** A graph whose sound is the speed. */
    private static OnnxFile graph() {
        return new OnnxFile()
                .input("tokens", OnnxFile.INT64, 1, -1)
                .input("style", OnnxFile.FLOAT, 1, StyleTable.WIDTH)
                .input("speed", OnnxFile.FLOAT, 1)
                .output("audio", OnnxFile.FLOAT, -1)
                .node("Identity", "speed", "audio");
    }

    private SpeechGraph opened(OnnxFile graph) throws Exception {
        Path file = folder.resolve("small.onnx");
        graph.writeTo(file);
        return SpeechGraph.open(file, 1);
    }
}
