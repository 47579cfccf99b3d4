package dev.stentor.speech.neural;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.onnx.ProductProbe;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The graph that makes sound of symbols, loaded into ONNX Runtime. The only class that knows that library, which may be absent: then its
 * first use fails with a {@link NoClassDefFoundError}. Thread-safe.
 */
final class SpeechGraph implements AutoCloseable {

    private static final String STYLE = "style";
    private static final String SPEED = "speed";
    private static final String DURATIONS = "durations";
    private static final float[] NOTHING = {};

    /** Samples for each frame of the model. */
    private static final int FRAME_SAMPLES = (int) SpeechTime.samples(25);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String symbols;

    private SpeechGraph(OrtEnvironment environment, OrtSession session, String symbols) {
        this.environment = environment;
        this.session = session;
        this.symbols = symbols;
    }

    /**
     * Loads a graph. Takes a second or two, and more memory than the file has, outside the heap.
     *
     * @param threads number of threads that compute one call; all calls at once share one less than that, and each has its own
     * @throws UnusableVoice if it is no graph of this kind
     */
    static SpeechGraph open(Path file, int threads) throws UnusableVoice {
        try {
            OrtEnvironment environment = environment();
            try (var options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                // Threads that spin while they wait would take the cores from everything else.
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                OrtSession session = environment.createSession(file.toString(), options);
                return new SpeechGraph(environment, session, symbolsOf(session, file));
            }
        } catch (OrtException e) {
            throw new UnusableVoice(file + " could not be loaded: " + e.getMessage(), e);
        }
    }

    /** Returns the version of the library. */
    static String version() throws UnusableVoice {
        try {
            return environment().getVersion();
        } catch (OrtException e) {
            throw new UnusableVoice("ONNX Runtime could not be started: " + e.getMessage(), e);
        }
    }

    /** Tells whether this machine adds products of 8-bit numbers exactly. */
    static boolean addsExactly() throws UnusableVoice {
        try {
            OrtEnvironment environment = environment();
            float[] ones = new float[ProductProbe.ROWS * ProductProbe.COLUMNS];
            Arrays.fill(ones, 1);
            try (OrtSession probe = environment.createSession(ProductProbe.file());
                    var input = OnnxTensor.createTensor(
                            environment, FloatBuffer.wrap(ones), new long[] {ProductProbe.ROWS, ProductProbe.COLUMNS});
                    OrtSession.Result result = probe.run(Map.of(ProductProbe.INPUT, input))) {
                float[] sums = floats(result.get(0));
                float[] exact = sums.clone();
                Arrays.fill(exact, ProductProbe.EXACT);
                return Arrays.equals(sums, exact);
            }
        } catch (OrtException e) {
            throw new UnusableVoice("ONNX Runtime could not compute: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the sound of one text. Blocks meanwhile.
     *
     * @param text numbers of symbols
     * @param style row of the voice's table
     * @param speed how many times faster than the voice's own speed
     * @return its sound, and how long each symbol sounds if the graph tells that
     */
    GraphSound speak(long[] text, float[] style, float speed) throws OrtException {
        long[] framed = new long[text.length + 2];
        System.arraycopy(text, 0, framed, 1, text.length);
        try (var tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(framed), new long[] {1, framed.length});
                var row = OnnxTensor.createTensor(environment, FloatBuffer.wrap(style), new long[] {1, style.length});
                var pace = OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {speed}), new long[] {1});
                OrtSession.Result result = session.run(Map.of(symbols, tokens, STYLE, row, SPEED, pace))) {
            float[] samples = floats(result.get(0));
            float[] frames = result.get(DURATIONS).map(SpeechGraph::floats).orElse(NOTHING);
            var durations = new ArrayList<Integer>();
            for (float frame : frames) {
                durations.add(Math.round(frame) * FRAME_SAMPLES);
            }
            return new GraphSound(samples, durations);
        }
    }

    private static float[] floats(OnnxValue value) {
        FloatBuffer buffer = ((OnnxTensor) value).getFloatBuffer();
        float[] copied = new float[buffer.remaining()];
        buffer.get(copied);
        return copied;
    }

    /** Frees the memory. No call may be under way, and none may follow. */
    @Override
    public void close() throws UnusableVoice {
        try {
            session.close();
        } catch (OrtException e) {
            throw new UnusableVoice("The graph could not be closed: " + e.getMessage(), e);
        }
    }

    private static OrtEnvironment environment() throws OrtException, UnusableVoice {
        Telemetry.switchOff();
        OrtEnvironment environment = OrtEnvironment.getEnvironment("stentor");
        environment.setTelemetry(false);
        return environment;
    }

    /** Returns the name of the input for symbols: exports of the model have two names for it. */
    private static String symbolsOf(OrtSession session, Path file) throws UnusableVoice {
        Set<String> inputs = session.getInputNames();
        if (!inputs.contains(STYLE) || !inputs.contains(SPEED) || inputs.size() != 3) {
            throw new UnusableVoice(file + " is no graph of this voice: its inputs are " + inputs + ".");
        }
        return inputs.stream()
                .filter(name -> !name.equals(STYLE) && !name.equals(SPEED))
                .findFirst()
                .orElseThrow();
    }
}
