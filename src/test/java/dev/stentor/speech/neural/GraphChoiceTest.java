package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice between a small int8 graph and the same rewritten. */
class GraphChoiceTest {

    private static final int TRIALS_OF_BOTH = 6;

    @TempDir
    Path folder;

    private final AtomicInteger trials = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private boolean isRewrittenSlower;

    @BeforeEach
    void write() throws IOException {
        graph().writeTo(folder.resolve("own.onnx"));
    }

    @Test
    void bothAreTimedOnceAndTheFasterOneIsKept() throws Exception {
        open();
        assertThat(trials).hasValue(TRIALS_OF_BOTH);
        assertThat(choice()).startsWith("rewritten");
        open();
        assertThat(trials).as("the second start knows").hasValue(TRIALS_OF_BOTH);
    }

    @Test
    void thePublishedGraphIsKeptWhereItIsFaster() throws Exception {
        isRewrittenSlower = true;
        open();
        assertThat(choice()).startsWith("published");
    }

    @Test
    void aChoiceWithoutItsGraphIsMadeAgain() throws Exception {
        open();
        Files.delete(made(".onnx").getFirst());
        open();
        assertThat(trials).hasValue(2 * TRIALS_OF_BOTH);
    }

    @Test
    void theGraphOfAnEarlierGatewayIsDeleted() throws Exception {
        String key = Sha256.of(folder.resolve("own.onnx")).substring(0, 16);
        Path earlier = folder.resolve("cache").resolve(key + "-float.onnx");
        Files.createDirectories(folder.resolve("cache"));
        Files.writeString(earlier, "earlier");
        open();
        assertThat(earlier).doesNotExist();
        assertThat(made(".onnx")).hasSize(1);
    }

    private void open() throws Exception {
        Machine machine = TinyVoice.machine(nanos::get);
        var voices = new VoiceFolder(folder, true);
        new GraphChoice(voices, machine, this::speak).open(1).close();
    }

    private int speak(SpeechGraph graph) throws Exception {
        boolean isFirst = trials.getAndIncrement() % TRIALS_OF_BOTH < TRIALS_OF_BOTH / 2;
        nanos.addAndGet(isFirst == isRewrittenSlower ? 1 : 2);
        return graph.speak(new long[] {1}, new float[StyleTable.WIDTH], 1).samples().length;
    }

    private String choice() throws IOException {
        return Files.readString(made(".txt").getFirst());
    }

    private List<Path> made(String end) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    /** A graph that makes a convolution of the style, in int8. */
    private static OnnxFile graph() {
        return new OnnxFile()
                .input("tokens", OnnxFile.INT64, 1, -1)
                .input("style", OnnxFile.FLOAT, 1, StyleTable.WIDTH)
                .input("speed", OnnxFile.FLOAT, 1)
                .output("audio", OnnxFile.FLOAT, -1)
                .longs("row", new int[] {3}, 1, 1, StyleTable.WIDTH)
                .longs("flat", new int[] {1}, -1)
                .floats("ws", new int[] {}, 0.5f)
                .floats("bias", new int[] {1}, 1)
                .longs("one", new int[] {3}, 1, 1, 1)
                .signedBytes("w", new int[] {1, 1, 1}, 2)
                .signedBytes("wz", new int[] {}, 0)
                .node("Reshape", "style row", "x")
                .node("DynamicQuantizeLinear", "x", "q s z")
                .node("Mul", "s ws", "scale")
                .node("Div", "bias scale", "biasd")
                .node("Floor", "biasd", "biasq")
                .node("Cast", "biasq", "biasi", "to", OnnxFile.INT32)
                .node("Reshape", "biasi one", "biasr")
                .node("ConvInteger", "q w z wz", "a")
                .node("Add", "a biasr", "sum")
                .node("Cast", "sum", "sumf", "to", OnnxFile.FLOAT)
                .node("Mul", "sumf scale", "y")
                .node("Reshape", "y flat", "audio");
    }
}
