package dev.stentor.speech.neural;

import dev.stentor.speech.sentences.SentenceVoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that is loaded at the start, and measured.
 *
 * @param voices the voices that are there
 */
record Rehearsed(Narrator narrator, NeuralVoices voices, NaturalFigures figures) {

    /** The symbols with which graphs are compared: what a front end would make of "The herald is awake, and ready to speak." */
    private static final String SYMBOLS = "ðə hˈɛɹəld ɪz əwˈAk, ænd ɹˈɛdi tə spˈik.";

    private static final String RUNTIME = "ai.onnxruntime.OrtEnvironment";
    private static final String FIRST = "Good morning everyone,";
    /** As long as a segment may be: silence around it, which is computed and thrown away, then counts as little as in most texts. */
    private static final String SENTENCE =
            "The herald is awake, and ready to speak to everyone who listens, in the hall and in "
                    + "the garden, for as long as they like.";

    private static final int ROUNDS = 2;
    private static final long LEAST_HEAP = 200L << 20;

    /** A loader of the front ends. */
    interface Reading {

        /** Loads them from a folder. */
        FrontEnds load(VoiceFolder folder) throws Exception;
    }

    /**
     * Loads and measures. Takes seconds, the first time some more. Blocks.
     *
     * @throws UnusableVoice with the reason why this voice cannot speak
     * @throws Exception if something fails in another way
     */
    static Rehearsed load(NeuralSettings settings, Machine machine, Reading reading) throws Exception {
        if (!machine.hasClass().test(RUNTIME)) {
            throw new UnusableVoice("ONNX Runtime is not there: scripts/natural-voice.sh brings its jar into "
                    + settings.folder().resolve("lib")
                    + ", where a gateway finds it that is started in the folder above.");
        }
        if (machine.heapBytes() < LEAST_HEAP) {
            throw new UnusableVoice("The heap is too small: " + (machine.heapBytes() >> 20) + " MB, and "
                    + (LEAST_HEAP >> 20) + " MB are needed. Set it with -Xmx.");
        }
        var folder = new VoiceFolder(settings.folder(), settings.ownFiles());
        int threads = settings.threads() == 0 ? machine.threads() : settings.threads();
        if (settings.piper() != null) {
            return piper(settings.piper(), reading.load(folder), threads, machine);
        }
        var vocabulary = new Vocabulary(folder.file("vocab.json"));
        var all = new NeuralVoices();
        Map<String, StyleTable> styles = styles(folder, all);
        FrontEnds frontEnds = reading.load(folder);
        NeuralVoices voices = all.only(voice -> styles.containsKey(voice.name())
                && frontEnds.read(voice.accent().language()));
        Cast cast = voices.of(null)
                .orElseThrow(() -> new UnusableVoice(
                        "The folder " + settings.folder() + " has no English voice, such as af_heart.bin."));
        long[] trial = vocabulary.numbers(SYMBOLS).getFirst().numbers();
        SpeechGraph graph = new GraphChoice(
                        folder,
                        machine,
                        opened -> Narrator.speak(opened, styles, cast.english().name(), trial, 1)
                                .samples()
                                .length)
                .open(threads);
        return rehearsed(new Narrator(frontEnds, vocabulary, styles, graph), voices, cast, machine);
    }

    /** Loads a voice of Piper: one graph without styles, which speaks English. */
    private static Rehearsed piper(Path file, FrontEnds frontEnds, int threads, Machine machine) throws Exception {
        PiperVoice piper = PiperVoice.read(file);
        var voice = new NeuralVoice(piper.name(), null, piper.accent(), piper.name(), "A voice of Piper.");
        NeuralVoices voices = NeuralVoices.only(voice);
        var narrator = new Narrator(
                frontEnds,
                Vocabulary.ofCodePoints(),
                Map.of(voice.name(), StyleTable.none()),
                SpeechGraph.open(file, piper, threads));
        return rehearsed(narrator, voices, voices.of(null).orElseThrow(), machine);
    }

    private static Rehearsed rehearsed(Narrator narrator, NeuralVoices voices, Cast cast, Machine machine)
            throws Exception {
        try {
            return new Rehearsed(narrator, voices, measured(narrator.voice(cast, null, 1), machine));
        } catch (Exception e) {
            narrator.close();
            throw e;
        }
    }

    /** Returns the same, measured anew. Blocks. */
    Rehearsed again(Machine machine) throws Exception {
        Cast cast = voices.of(null).orElseThrow();
        return new Rehearsed(narrator, voices, measured(narrator.voice(cast, null, 1), machine));
    }

    /** Measures more than once, since something else may be busy meanwhile. */
    private static NaturalFigures measured(SentenceVoice voice, Machine machine) throws Exception {
        var _ = said(voice, FIRST);
        NaturalFigures best = round(voice, machine);
        for (int n = 1; n < ROUNDS; n++) {
            best = best.better(round(voice, machine));
        }
        return best;
    }

    private static NaturalFigures round(SentenceVoice voice, Machine machine) throws Exception {
        long begun = machine.nanos().getAsLong();
        var _ = said(voice, FIRST);
        long first = machine.nanos().getAsLong();
        long used = machine.cpuNanos().getAsLong();
        int samples = said(voice, SENTENCE);
        long cpu = machine.cpuNanos().getAsLong() - used;
        return NaturalFigures.of(cpu, machine.nanos().getAsLong() - first, samples, first - begun);
    }

    private static int said(SentenceVoice voice, String text) throws Exception {
        int samples = voice.speak(text, false).samples().remaining() / Short.BYTES;
        if (samples == 0) {
            throw new UnusableVoice("The graph makes no sound.");
        }
        return samples;
    }

    private static Map<String, StyleTable> styles(VoiceFolder folder, NeuralVoices voices)
            throws UnusableVoice, IOException {
        var styles = new HashMap<String, StyleTable>();
        for (NeuralVoice voice : voices.own()) {
            Optional<Path> file = folder.find(voice.name() + ".bin");
            if (file.isPresent()) {
                styles.put(voice.name(), new StyleTable(file.get()));
            }
        }
        return styles;
    }
}
