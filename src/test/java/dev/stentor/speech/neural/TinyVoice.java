package dev.stentor.speech.neural;

import dev.stentor.speech.onnx.OnnxFile;
import dev.stentor.speech.phonemes.Phonemes;
import dev.stentor.speech.phonemes.ReadText;
import dev.stentor.speech.phonemes.ReadWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A whole voice of a few kilobytes, real but for its sound: a graph that makes a tone of 50 ms of each letter, and silence of all else. The
 * tone of each letter, voice and speed is another. Front ends that take letters for sounds record what they are asked.
 */
final class TinyVoice {

    private static final int SAMPLES = 1_200;
    private static final int LETTERS = 40;
    private static final String SIGNS = " .,!?";
    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    /** What the front ends were asked, each with its accent before it. */
    final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private final Semaphore gate = new Semaphore(1_000_000);
    private final Path folder;

    /** Holds every sentence from now on. */
    void hold() {
        gate.drainPermits();
    }

    /** Lets a number of held sentences end. */
    void letGo(int sentences) {
        gate.release(sentences);
    }

    /** Writes the files of a voice into a folder. */
    TinyVoice(Path folder) throws IOException {
        this(folder, true);
    }

    /**
     * Writes the files of a voice into a folder.
     *
     * @param durations whether its graph tells how long symbols sound
     */
    TinyVoice(Path folder, boolean durations) throws IOException {
        this.folder = folder;
        float[] tones = new float[LETTERS * SAMPLES];
        for (int letter = SIGNS.length() + 1; letter < LETTERS; letter++) {
            for (int n = 0; n < SAMPLES; n++) {
                tones[letter * SAMPLES + n] = 0.5f * (float) Math.sin(2 * Math.PI * (100 + 20 * letter) * n / 24_000);
            }
        }
        OnnxFile graph = new OnnxFile()
                .input("tokens", OnnxFile.INT64, 1, -1)
                .input("style", OnnxFile.FLOAT, 1, 256)
                .input("speed", OnnxFile.FLOAT, 1)
                .output("audio", OnnxFile.FLOAT, -1)
                .floats("tones", new int[] {LETTERS, SAMPLES}, tones)
                .longs("flat", new int[] {1}, -1)
                .node("Gather", "tones tokens", "rows")
                .node("Reshape", "rows flat", "sound")
                .node("ReduceMean", "style", "loudness", "keepdims", 0)
                .node("Mul", "sound loudness", "voiced")
                .node("Div", "voiced speed", "audio");
        (durations ? timed(graph) : graph).writeTo(folder.resolve("tiny.onnx"));
        var vocab = new StringBuilder("{\"vocab\": {");
        String symbols = SIGNS + "abcdefghijklmnopqrstuvwxyz";
        for (int n = 0; n < symbols.length(); n++) {
            vocab.append(n == 0 ? "" : ", ")
                    .append('"')
                    .append(symbols.charAt(n))
                    .append("\": ")
                    .append(n + 1);
        }
        Files.writeString(folder.resolve("vocab.json"), vocab.append("}}"));
        style("af_heart", 1);
        style("bf_emma", 0.9f);
        style("am_michael", 0.8f);
        style("zf_xiaoxiao", 0.7f);
    }

    /** Adds the length of each symbol, in the frames of the real graph. */
    private static OnnxFile timed(OnnxFile graph) {
        float[] frames = new float[LETTERS];
        Arrays.fill(frames, 2);
        return graph.output("durations", OnnxFile.FLOAT, -1)
                .floats("frames", new int[] {LETTERS}, frames)
                .node("Gather", "frames tokens", "each")
                .node("Reshape", "each flat", "durations");
    }

    /** Writes the table of a voice: one number, everywhere. */
    void style(String voice, float number) throws IOException {
        ByteBuffer table =
                ByteBuffer.allocate(510 * StyleTable.WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (table.hasRemaining()) {
            table.putFloat(number);
        }
        Files.write(folder.resolve(voice + ".bin"), table.array());
    }

    /** Returns front ends for all accents. */
    FrontEnds frontEnds() {
        var phonemes = new EnumMap<NeuralVoice.Accent, Phonemes>(NeuralVoice.Accent.class);
        for (NeuralVoice.Accent accent : NeuralVoice.Accent.values()) {
            phonemes.put(accent, text -> read(accent, text));
        }
        return new FrontEnds(phonemes);
    }

    /** Returns front ends for English alone. */
    FrontEnds english() {
        return new FrontEnds(Map.of(
                NeuralVoice.Accent.AMERICAN, text -> read(NeuralVoice.Accent.AMERICAN, text),
                NeuralVoice.Accent.BRITISH, text -> read(NeuralVoice.Accent.BRITISH, text)));
    }

    private ReadText read(NeuralVoice.Accent accent, String text) {
        asked.add(accent + " " + text.strip());
        gate.acquireUninterruptibly();
        if (text.contains("break")) {
            throw new IllegalStateException("cannot read: " + text);
        }
        // A Chinese character sounds like the letter that its number ends with.
        var symbols = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(letter -> symbols.append(
                        letter < 128 ? Character.toString(letter) : Character.toString('a' + letter % 26)));
        return new ReadText(
                symbols.toString(),
                WORD.matcher(text)
                        .results()
                        .map(word -> new ReadWord(word.start(), word.end(), word.start(), word.end()))
                        .toList());
    }

    /** Returns settings for this folder. */
    NeuralSettings settings(NeuralSettings.WhenBusy whenBusy, int streams) {
        return new NeuralSettings(folder, true, false, whenBusy, streams, 2, 1, null);
    }

    /** Returns a machine of two cores on which time passes as told. */
    static Machine machine(LongSupplier nanos) {
        return new Machine(2, 1L << 30, nanos, nanos, _ -> true);
    }

    /** Returns a fast machine: time passes by a millisecond with each look at the clock. */
    static Machine fast() {
        var now = new AtomicLong();
        return machine(() -> now.addAndGet(1_000_000));
    }

    /** Loads the voice as a start does. */
    Rehearsed load(NeuralSettings settings) throws Exception {
        return Rehearsed.load(settings, fast(), _ -> frontEnds());
    }
}
