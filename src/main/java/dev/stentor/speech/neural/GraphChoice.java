package dev.stentor.speech.neural;

import dev.stentor.speech.onnx.FloatGraph;
import dev.stentor.speech.onnx.UnreadableGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice between the graph as it was published, in int8, and the same in float, which some versions of the runtime compute twice as
 * fast. The first start writes the second one and times both; what was chosen is kept in the cache. All methods block.
 */
final class GraphChoice {

    private static final Logger LOG = LoggerFactory.getLogger(GraphChoice.class);
    private static final int ROUNDS = 2;

    /** Ends of the names of the files that are kept; each other way to rewrite a graph needs another number. */
    private static final String FLOATS = "-float-" + FloatGraph.VERSION + ".onnx";

    /** End of the name that earlier gateways gave to such a file, of 290 MB. */
    private static final String EARLIER = "-float.onnx";

    private static final String CHOICE = "-choice-" + FloatGraph.VERSION + "-";

    private final VoiceFolder folder;
    private final Machine machine;
    private final Trial trial;

    /** A call of a graph that takes as long as others do. */
    interface Trial {

        /** Has a graph speak. Returns the length of its sound in samples. */
        int speak(SpeechGraph graph) throws Exception;
    }

    GraphChoice(VoiceFolder folder, Machine machine, Trial trial) {
        this.folder = folder;
        this.machine = machine;
        this.trial = trial;
    }

    /** Opens the graph that is faster here. */
    SpeechGraph open(int threads) throws Exception {
        String version = SpeechGraph.version();
        VoiceFolder.Model model = folder.model();
        Path floats = folder.made(model.key() + FLOATS);
        Path choice = folder.made(model.key() + CHOICE + version + ".txt");
        if (Files.exists(choice)) {
            boolean isFloat = Files.readString(choice).startsWith("float");
            if (!isFloat || Files.exists(floats)) {
                return SpeechGraph.open(isFloat ? floats : model.file(), threads);
            }
        }
        if (!Files.exists(floats)) {
            LOG.info("Rewriting the graph of the natural voice, once.");
            if (!FreshFile.make(floats, out -> rewrite(model.file(), out))) {
                return SpeechGraph.open(model.file(), threads); // there is nothing in int8 in it
            }
            folder.discard(model.key() + EARLIER);
        }
        return faster(model.file(), floats, choice, threads);
    }

    /** Writes a graph in float. Returns whether it differs. */
    private static boolean rewrite(Path integers, FileChannel out) throws IOException, UnusableVoice {
        try {
            return FloatGraph.write(integers, out) > 0;
        } catch (UnreadableGraph e) {
            throw new UnusableVoice(integers + " cannot be used: " + e.getMessage(), e);
        }
    }

    private SpeechGraph faster(Path published, Path floats, Path choice, int threads) throws Exception {
        long publishedNanos = nanos(published, threads);
        SpeechGraph graph = SpeechGraph.open(floats, threads);
        long floatNanos = nanos(graph);
        boolean isFloat = floatNanos <= publishedNanos;
        LOG.atInfo()
                .addKeyValue("int8_ms", publishedNanos / 1_000_000)
                .addKeyValue("float_ms", floatNanos / 1_000_000)
                .log("The natural voice computes in {} here.", isFloat ? "float" : "int8");
        remember(choice, (isFloat ? "float" : "int8") + " int8=" + publishedNanos + " float=" + floatNanos + "\n");
        if (isFloat) {
            return graph;
        }
        graph.close();
        return SpeechGraph.open(published, threads);
    }

    private long nanos(Path file, int threads) throws Exception {
        try (SpeechGraph graph = SpeechGraph.open(file, threads)) {
            return nanos(graph);
        }
    }

    private long nanos(SpeechGraph graph) throws Exception {
        var _ = trial.speak(graph); // the first call allocates
        long least = Long.MAX_VALUE;
        for (int n = 0; n < ROUNDS; n++) {
            long from = machine.nanos().getAsLong();
            var _ = trial.speak(graph);
            least = Math.min(least, machine.nanos().getAsLong() - from);
        }
        return least;
    }

    private static void remember(Path choice, String text) throws UnusableVoice, IOException {
        var _ = FreshFile.make(choice, out -> {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return true;
        });
    }
}
