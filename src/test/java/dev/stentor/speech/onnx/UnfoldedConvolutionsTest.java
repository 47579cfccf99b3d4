package dev.stentor.speech.onnx;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions of integers, rewritten as products, and computed by ONNX Runtime itself. */
class UnfoldedConvolutionsTest {

    private static final int INPUTS = 3;
    private static final int OUTPUTS = 4;
    private static final int TIMES = 9;
    private static final float SCALE = 0.01f;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} places, {1} apart, {2} zeros before, weights of type {3}")
    @CsvSource({"1, 1, 0, 3", "3, 1, 1, 2", "3, 3, 3, 3", "5, 2, 4, 2", "5, 1, 0, 3", "2, 1, 1, 2"})
    void theSumsAreTheSame(int places, int apart, int before, int type) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            RandomGenerator random = new Random(seed);
            OnnxFile graph = convolution(random, places, type)
                    .node("ConvInteger", "q w z wz", "a", attributes(places, apart, before, 1, 1))
                    .node("Add", "a biasr", "sum")
                    .node("Cast", "sum", "sumf", "to", OnnxFile.FLOAT)
                    .node("Mul", "sumf scale", "y");
            float[] x = new float[INPUTS * TIMES];
            for (int n = 0; n < x.length; n++) {
                x[n] = random.nextFloat() * 2 - 1;
            }
            Path products = folder.resolve("products.onnx");
            assertThat(rewritten(graph, products)).isEqualTo(1);
            float[] expected = run(folder.resolve("integers.onnx"), x);
            float[] actual = run(products, x);
            assertThat(actual).hasSize(OUTPUTS * TIMES).hasSameSizeAs(expected);
            for (int n = 0; n < actual.length; n++) {
                // A bias was rounded down to a step of both scales.
                assertThat(actual[n]).isCloseTo(expected[n], within(SCALE * 2 / 255 + 1e-5f));
            }
        }
    }

    @ParameterizedTest(name = "steps of {0}, {1} groups, {2} zeros before")
    @CsvSource({"2, 1, 1", "1, 3, 1", "1, 1, 3"})
    void anotherFormStaysAsItIs(int steps, int groups, int before) throws Exception {
        OnnxFile graph = convolution(new Random(1), 3, OnnxFile.SIGNED_8_BIT)
                .node("ConvInteger", "q w z wz", "a", attributes(3, 1, before, steps, groups))
                .node("Add", "a biasr", "sum")
                .node("Cast", "sum", "sumf", "to", OnnxFile.FLOAT)
                .node("Mul", "sumf scale", "y");
        assertThat(rewritten(graph, folder.resolve("products.onnx"))).isZero();
    }

    @Test
    void sumsThatSomethingElseTakesTooStayAsTheyAre() throws Exception {
        OnnxFile graph = convolution(new Random(1), 3, OnnxFile.SIGNED_8_BIT)
                .node("ConvInteger", "q w z wz", "a", attributes(3, 1, 1, 1, 1))
                .node("Add", "a biasr", "once")
                .node("Add", "once a", "sum")
                .node("Cast", "sum", "sumf", "to", OnnxFile.FLOAT)
                .node("Mul", "sumf scale", "y");
        assertThat(rewritten(graph, folder.resolve("products.onnx"))).isZero();
    }

    @Test
    void theProbeAddsExactlyOrCutsOffPairsOfProducts() throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] ones = new float[ProductProbe.ROWS * ProductProbe.COLUMNS];
        Arrays.fill(ones, 1);
        float cut = ProductProbe.COLUMNS / 2f * Short.MAX_VALUE;
        try (OrtSession session = environment.createSession(ProductProbe.file());
                var input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(ones), new long[] {ProductProbe.ROWS, ProductProbe.COLUMNS});
                OrtSession.Result result = session.run(Map.of(ProductProbe.INPUT, input))) {
            assertThat(floats(result)).containsAnyOf(ProductProbe.EXACT, cut).doesNotContain(0f);
            assertThat(ProductProbe.EXACT).isEqualTo(255 * 127 * 64);
        }
    }

    private static Object[] attributes(int places, int apart, int before, int steps, int groups) {
        int behind = steps == 1 ? apart * (places - 1) - Math.min(before, apart * (places - 1)) : before;
        return new Object[] {
            "kernel_shape", new int[] {places},
            "dilations", new int[] {apart},
            "pads", new int[] {before, behind},
            "strides", new int[] {steps},
            "group", groups
        };
    }

    /** All but a convolution: small weights, so that sums are exact on every processor, and a bias as quantised graphs have it. */
    private static OnnxFile convolution(RandomGenerator random, int places, int type) {
        byte[] weights = new byte[OUTPUTS * INPUTS * places];
        int middle = type == OnnxFile.SIGNED_8_BIT ? 5 : 131;
        for (int n = 0; n < weights.length; n++) {
            weights[n] = (byte) (middle + random.nextInt(-50, 50));
        }
        return new OnnxFile()
                .input("x", OnnxFile.FLOAT, 1, INPUTS, TIMES)
                .output("y", OnnxFile.FLOAT, 1, OUTPUTS, -1)
                .node("DynamicQuantizeLinear", "x", "q s z")
                .bytes("w", type, new int[] {OUTPUTS, INPUTS, places}, weights)
                .bytes("wz", type, new int[] {}, (byte) middle)
                .floats("ws", new int[] {}, SCALE)
                .floats("bias", new int[] {OUTPUTS}, 0.25f, -3, 0, 1)
                .longs("shape", new int[] {3}, 1, OUTPUTS, 1)
                .node("Mul", "s ws", "scale")
                .node("Div", "bias scale", "biasd")
                .node("Floor", "biasd", "biasq")
                .node("Cast", "biasq", "biasi", "to", OnnxFile.INT32)
                .node("Reshape", "biasi shape", "biasr");
    }

    private int rewritten(OnnxFile graph, Path products) throws IOException {
        Path integers = folder.resolve("integers.onnx");
        graph.writeTo(integers);
        var out = new ByteArrayOutputStream();
        int count = RewrittenGraph.write(integers, RewrittenGraph.Way.PRODUCTS, Channels.newChannel(out));
        Files.write(products, out.toByteArray());
        return count;
    }

    private static float[] run(Path file, float[] x) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), new long[] {1, INPUTS, TIMES});
                OrtSession.Result result = session.run(Map.of("x", input))) {
            assertThat(session.getOutputNames()).containsExactly("y");
            return floats(result);
        }
    }

    private static float[] floats(OrtSession.Result result) {
        FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] copied = new float[y.remaining()];
        y.get(copied);
        return copied;
    }
}
