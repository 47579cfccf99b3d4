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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs with the names of the published one, whose silent ends are cut off, computed by ONNX Runtime itself. */
class SilentEndsTest {

    private static final float SILENT = -9;
    private static final float LOUD = 3;
    private static final float SILENCE = 0.25f;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void framesThatStaySoundAsIfNothingWereCutOff(long seed) throws Exception {
        RandomGenerator random = new Random(seed);
        int before = 5 + random.nextInt(10);
        int heard = 1 + random.nextInt(20);
        int behind = 5 + random.nextInt(10);
        float[] frames = frames(random, before, heard, behind);
        Result cut = run(cut(published("")), frames, loudness(before, heard, behind), before, heard, behind);
        float[] whole = whole(frames);
        int from = before - 2;
        assertThat(cut.sound()).hasSize(heard + 4);
        for (int n = 0; n < cut.sound().size(); n++) {
            assertThat(cut.sound().get(n)).isCloseTo(whole[from + n], within(1e-5f));
        }
    }

    @Test
    void symbolsAreAsLongAsWhatIsLeftOfThem() throws Exception {
        Result cut = run(cut(published("")), frames(new Random(1), 6, 3, 9), loudness(6, 3, 9), 6, 1, 2, 8, 1);
        assertThat(cut.durations()).containsExactly(2, 1, 2, 2, 0);
    }

    @Test
    void aMarginEndsWithTheText() throws Exception {
        Result cut = run(cut(published("")), frames(new Random(1), 1, 3, 0), loudness(1, 3, 0), 1, 3);
        assertThat(cut.sound()).hasSize(4);
        assertThat(cut.durations()).containsExactly(1, 3);
    }

    @Test
    void aTextOfWhichNothingIsHeardStaysWhole() throws Exception {
        Result cut = run(cut(published("")), frames(new Random(1), 9, 0, 0), loudness(9, 0, 0), 9);
        assertThat(cut.sound()).hasSize(9);
        assertThat(cut.durations()).containsExactly(9);
    }

    @Test
    void aGraphWithOtherNamesStaysAsItIs() throws Exception {
        Path file = cut(published("/own"));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString())) {
            assertThat(session.getOutputNames()).containsExactly("sound");
        }
    }

    /** A graph that plans what it is given, and whose second half compares each frame with the mean of all. */
    private static OnnxFile published(String prefix) {
        return new OnnxFile()
                .input("planned", OnnxFile.FLOAT, 1, 1, -1)
                .input("level", OnnxFile.FLOAT, 1, -1)
                .input("lengths", OnnxFile.FLOAT, 1, -1)
                .output("sound", OnnxFile.FLOAT, -1)
                .longs("flat", new int[] {1}, -1)
                .node("Identity", "planned", prefix + "/encoder/MatMul_1_output_0")
                .node("Identity", "level", prefix + "/encoder/Reshape_output_0")
                .node("Identity", "level", prefix + "/encoder/Reshape_1_output_0")
                .node("Identity", "lengths", prefix + "/encoder/Clip_output_0")
                .named(
                        "/decoder/decoder/encode/norm1/ReduceMean",
                        "ReduceMean",
                        prefix + "/encoder/MatMul_1_output_0",
                        "mean",
                        "axes",
                        new int[] {2})
                .node("Sub", prefix + "/encoder/MatMul_1_output_0 mean", "apart")
                .node("Reshape", "apart flat", "sound");
    }

    private Path cut(OnnxFile graph) throws IOException {
        Path file = folder.resolve("published.onnx");
        graph.writeTo(file);
        var out = new ByteArrayOutputStream();
        var _ = RewrittenGraph.write(file, RewrittenGraph.Way.FLOAT, Channels.newChannel(out));
        Path cut = folder.resolve("cut.onnx");
        Files.write(cut, out.toByteArray());
        return cut;
    }

    private static float[] frames(RandomGenerator random, int before, int heard, int behind) {
        float[] frames = new float[before + heard + behind];
        Arrays.fill(frames, SILENCE);
        for (int n = before; n < before + heard; n++) {
            frames[n] = random.nextFloat();
        }
        return frames;
    }

    private static float[] loudness(int before, int heard, int behind) {
        float[] halves = new float[2 * (before + heard + behind)];
        Arrays.fill(halves, SILENT);
        Arrays.fill(halves, 2 * before, 2 * (before + heard), LOUD);
        return halves;
    }

    private static float[] whole(float[] frames) {
        double sum = 0;
        for (float frame : frames) {
            sum += frame;
        }
        float[] whole = new float[frames.length];
        for (int n = 0; n < whole.length; n++) {
            whole[n] = (float) (frames[n] - sum / frames.length);
        }
        return whole;
    }

    private record Result(List<Float> sound, List<Integer> durations) {}

    private static Result run(Path file, float[] frames, float[] loudness, float... lengths) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                var planned = tensor(environment, frames, 1, 1, frames.length);
                var level = tensor(environment, loudness, 1, loudness.length);
                var symbols = tensor(environment, lengths, 1, lengths.length);
                OrtSession.Result result =
                        session.run(Map.of("planned", planned, "level", level, "lengths", symbols))) {
            return new Result(
                    floats(result, "sound"),
                    floats(result, "durations").stream().map(Math::round).toList());
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, float[] values, long... shape) throws Exception {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }

    private static List<Float> floats(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        var copied = new ArrayList<Float>();
        while (buffer.hasRemaining()) {
            copied.add(buffer.get());
        }
        return copied;
    }
}
