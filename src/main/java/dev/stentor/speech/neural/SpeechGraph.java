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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The graph that makes sound of symbols, loaded into ONNX Runtime. The only class that knows that library, which may be absent: then its
 * first use fails with a {@link NoClassDefFoundError}. Thread-safe.
 */
final class SpeechGraph implements AutoCloseable {

    private static final String STYLE = "style";
    private static final String SPEED = "speed";
    private static final String DURATIONS = "durations";
    private static final float[] NOTHING = {};
    private static final String PIPER_TEXT = "input";
    private static final String PIPER_LENGTH = "input_lengths";
    private static final String PIPER_SCALES = "scales";
    private static final String PIPER_SPEAKER = "sid";
    private static final int SCALES = 3;

    /** Samples for each frame of the model. */
    private static final int FRAME_SAMPLES = (int) SpeechTime.samples(25);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String symbols;
    /** The voice of Piper that the graph is; null if it is one of Kokoro. */
    private final @Nullable PiperVoice piper;

    private SpeechGraph(OrtEnvironment environment, OrtSession session, String symbols, @Nullable PiperVoice piper) {
        this.environment = environment;
        this.session = session;
        this.symbols = symbols;
        this.piper = piper;
    }

    /**
     * Loads a graph. Takes a second or two, and more memory than the file has, outside the heap.
     *
     * @param threads number of threads that compute one call; all calls at once share one less than that, and each has its own
     * @throws UnusableVoice if it is no graph of this kind
     */
    static SpeechGraph open(Path file, int threads) throws UnusableVoice {
        OrtSession session = session(file, threads);
        return new SpeechGraph(environment(), session, symbolsOf(session, file), null);
    }

    /** Loads the graph of a voice of Piper, as the other does. Texts are code points of symbols then, and styles mean nothing. */
    static SpeechGraph open(Path file, PiperVoice piper, int threads) throws UnusableVoice {
        OrtSession session = session(file, threads);
        if (!session.getInputNames().containsAll(Set.of(PIPER_TEXT, PIPER_LENGTH, PIPER_SCALES))) {
            throw new UnusableVoice(file + " is no voice of Piper: its inputs are " + session.getInputNames() + ".");
        }
        return new SpeechGraph(environment(), session, PIPER_TEXT, piper);
    }

    private static OrtSession session(Path file, int threads) throws UnusableVoice {
        try (var options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = environment();
            options.setIntraOpNumThreads(threads);
            // Threads that spin while they wait would take the cores from everything else.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new UnusableVoice(file + " could not be loaded: " + e.getMessage(), e);
        }
    }

    /** Returns the version of the library. */
    static String version() throws UnusableVoice {
        return environment().getVersion();
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
        if (piper != null) {
            return speak(piper, text, speed);
        }
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

    private GraphSound speak(PiperVoice voice, long[] text, float speed) throws OrtException {
        var said = new StringBuilder();
        LongStream.of(text).forEach(symbol -> said.appendCodePoint((int) symbol));
        long[] numbers = voice.numbers(said.toString());
        var inputs = new HashMap<String, OnnxTensor>();
        try (var tokens = longs(numbers, 1, numbers.length);
                var length = longs(new long[] {numbers.length}, 1);
                var first = longs(new long[] {0}, 1);
                var scales = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(voice.scales(speed)), new long[] {SCALES})) {
            inputs.put(symbols, tokens);
            inputs.put(PIPER_LENGTH, length);
            inputs.put(PIPER_SCALES, scales);
            if (session.getInputNames().contains(PIPER_SPEAKER)) {
                inputs.put(PIPER_SPEAKER, first);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return new GraphSound(voice.atSpeechRate(floats(result.get(0))), List.of());
            }
        }
    }

    private OnnxTensor longs(long[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
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

    private static OrtEnvironment environment() throws UnusableVoice {
        Telemetry.switchOff();
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment("stentor");
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException e) {
            throw new UnusableVoice("ONNX Runtime could not be started: " + e.getMessage(), e);
        }
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
