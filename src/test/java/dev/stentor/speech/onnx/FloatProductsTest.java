package dev.stentor.speech.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of integers, rewritten, and computed by ONNX Runtime itself. */
class FloatProductsTest {

    private static final int[] SCALAR = {};

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aProductOfMatricesGivesTheSameButForRounding(long seed) throws Exception {
        RandomGenerator random = new Random(seed);
        byte[] weights = new byte[12];
        random.nextBytes(weights);
        // A zero point for each column, and two products of the same rounded input.
        OnnxFile graph = new OnnxFile()
                .input("x", OnnxFile.FLOAT, 1, 4)
                .output("y", OnnxFile.FLOAT, 1, 3)
                .node("DynamicQuantizeLinear", "x", "q s z")
                .bytes("w", OnnxFile.SIGNED_8_BIT, new int[] {4, 3}, weights)
                .spelledBytes("wz", OnnxFile.SIGNED_8_BIT, new int[] {3}, 5, -7, 0)
                .node("MatMulInteger", "q w z wz", "a")
                .node("MatMulInteger", "q w z wz", "b")
                .node("Cast", "a", "af", "to", OnnxFile.FLOAT)
                .node("Cast", "b", "bf", "to", OnnxFile.FLOAT)
                .node("Add", "af bf", "sum")
                .note("sum", OnnxFile.FLOAT, 1, 3)
                .node("Mul", "sum s", "y");
        float[] x = floats(random, 4);
        // The range holds 0 and x, so a step is at most 2/255; each of 4 numbers is off by half of it, times a weight
        // of up to 135, twice.
        assertSame(graph, x, new long[] {1, 4}, 2, 4 * 2 / 255f / 2 * 135 * 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aConvolutionWithABiasGivesTheSameButForRounding(long seed) throws Exception {
        RandomGenerator random = new Random(seed);
        byte[] weights = new byte[2 * 2 * 3];
        random.nextBytes(weights);
        OnnxFile graph = convolution(weights)
                .spelledBytes("wz", OnnxFile.UNSIGNED_8_BIT, SCALAR, 131)
                .node("Reshape", "biasi shape", "biasr")
                .longs("shape", new int[] {3}, 1, 2, 1)
                .node("Add", "a biasr", "sum");
        float[] x = floats(random, 12);
        assertSame(finished(graph), x, new long[] {1, 2, 6}, 1, 6 * 2 / 255f / 2 * 131 * 0.01f + 0.011f);
    }

    @Test
    void aZeroPointForEachChannelOfAConvolutionIsTakenFromItsWeights() throws Exception {
        // ONNX Runtime itself takes only one for all: so the result is compared with what it must be.
        OnnxFile graph = new OnnxFile()
                .input("x", OnnxFile.FLOAT, 1, 1, 1)
                .output("y", OnnxFile.FLOAT, 1, 2, 1)
                .node("DynamicQuantizeLinear", "x", "q s z")
                .bytes("w", OnnxFile.UNSIGNED_8_BIT, new int[] {2, 1, 1}, (byte) 200, (byte) 10)
                .bytes("wz", OnnxFile.UNSIGNED_8_BIT, new int[] {2}, (byte) 190, (byte) 3)
                .node("ConvInteger", "q w z wz", "a", "kernel_shape", new int[] {1})
                .node("Cast", "a", "af", "to", OnnxFile.FLOAT)
                .node("Mul", "af s", "y");
        Path floats = folder.resolve("float.onnx");
        assertThat(rewritten(graph, floats)).isEqualTo(1);
        assertThat(run(floats, new float[] {0.5f}, new long[] {1, 1, 1})).containsExactly(5f, 3.5f);
    }

    @Test
    void aGraphWithoutIntegersStaysAsItIs() throws Exception {
        OnnxFile graph = new OnnxFile()
                .input("x", OnnxFile.FLOAT, 2)
                .output("y", OnnxFile.FLOAT, 2)
                .floats("two", SCALAR, 2)
                .node("Mul", "x two", "y");
        Path floats = folder.resolve("float.onnx");
        assertThat(rewritten(graph, floats)).isZero();
        assertThat(run(floats, new float[] {1, 2}, new long[] {2})).containsExactly(2f, 4f);
    }

    @Test
    void roundedNumbersThatSomethingElseTakesTooStayRounded() throws Exception {
        OnnxFile graph = new OnnxFile()
                .input("x", OnnxFile.FLOAT, 1, 2)
                .output("y", OnnxFile.FLOAT, 1, 2)
                .node("DynamicQuantizeLinear", "x", "q s z")
                .bytes("w", OnnxFile.SIGNED_8_BIT, new int[] {2, 2}, (byte) 1, (byte) 2, (byte) 3, (byte) 4)
                .node("MatMulInteger", "q w z", "a")
                .node("DequantizeLinear", "q s z", "again")
                .node("Cast", "a", "af", "to", OnnxFile.FLOAT)
                .node("Add", "af again", "y");
        assertThat(rewritten(graph, folder.resolve("float.onnx"))).isZero();
    }

    @Test
    void aBiasOfAnotherFormIsRefused() {
        OnnxFile graph = convolution(new byte[12])
                .spelledBytes("wz", OnnxFile.UNSIGNED_8_BIT, SCALAR, 131)
                .node("Abs", "biasi", "biasr")
                .node("Add", "a biasr", "sum");
        assertThatThrownBy(() -> rewritten(graph, folder.resolve("float.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bias");
    }

    @Test
    void aCutOrForeignFileIsRefusedInAnyPlace() throws Exception {
        byte[] whole = finished(convolution(new byte[12])
                        .spelledBytes("wz", OnnxFile.UNSIGNED_8_BIT, SCALAR, 131)
                        .node("Identity", "biasi", "biasr")
                        .node("Add", "a biasr", "sum"))
                .file();
        // Its last field is the graph, so every shorter file is cut, except before that field.
        int graph = whole.length - 400;
        for (int length = whole.length - 1; length > graph; length -= 7) {
            Path cut = folder.resolve("cut.onnx");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> RewrittenGraph.write(
                            cut, RewrittenGraph.Way.FLOAT, Channels.newChannel(new ByteArrayOutputStream())))
                    .isInstanceOf(IOException.class);
        }
        Path text = folder.resolve("text.onnx");
        Files.writeString(text, "This is no graph at all.");
        assertThatThrownBy(() -> RewrittenGraph.write(
                        text, RewrittenGraph.Way.FLOAT, Channels.newChannel(new ByteArrayOutputStream())))
                .isInstanceOf(IOException.class);
    }

    /** A convolution of 2 channels by 2, with a bias as quantised graphs have it: divided by the scales, and rounded down. */
    private static OnnxFile convolution(byte[] weights) {
        return new OnnxFile()
                .input("x", OnnxFile.FLOAT, 1, 2, 6)
                .output("y", OnnxFile.FLOAT, 1, 2, 4)
                .node("DynamicQuantizeLinear", "x", "q s z")
                .bytes("w", OnnxFile.UNSIGNED_8_BIT, new int[] {2, 2, 3}, weights)
                .floats("ws", SCALAR, 0.01f)
                .floats("bias", new int[] {2}, 0.25f, -3)
                .node("Mul", "s ws", "scale")
                .node("Div", "bias scale", "biasd")
                .node("Floor", "biasd", "biasq")
                .node("Cast", "biasq", "biasi", "to", OnnxFile.INT32)
                .node("ConvInteger", "q w z wz", "a", "kernel_shape", new int[] {3});
    }

    private static OnnxFile finished(OnnxFile graph) {
        return graph.node("Cast", "sum", "sumf", "to", OnnxFile.FLOAT).node("Mul", "sumf scale", "y");
    }

    private void assertSame(OnnxFile graph, float[] x, long[] shape, int products, float tolerance) throws Exception {
        Path floats = folder.resolve("float.onnx");
        assertThat(rewritten(graph, floats)).isEqualTo(products);
        float[] expected = run(folder.resolve("integers.onnx"), x, shape);
        float[] actual = run(floats, x, shape);
        assertThat(actual).hasSameSizeAs(expected);
        for (int n = 0; n < actual.length; n++) {
            assertThat(actual[n]).isCloseTo(expected[n], within(tolerance));
        }
        assertThat(actual).as("it computes at all").isNotEqualTo(new float[actual.length]);
    }

    private int rewritten(OnnxFile graph, Path floats) throws IOException {
        Path integers = folder.resolve("integers.onnx");
        graph.writeTo(integers);
        var out = new ByteArrayOutputStream();
        int count = RewrittenGraph.write(integers, RewrittenGraph.Way.FLOAT, Channels.newChannel(out));
        Files.write(floats, out.toByteArray());
        return count;
    }

    private static float[] floats(RandomGenerator random, int count) {
        float[] floats = new float[count];
        for (int n = 0; n < count; n++) {
            floats[n] = random.nextFloat() * 2 - 1;
        }
        return floats;
    }

    private static float[] run(Path file, float[] x, long[] shape) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of("x", input))) {
            FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] copied = new float[y.remaining()];
            y.get(copied);
            return copied;
        }
    }
}
