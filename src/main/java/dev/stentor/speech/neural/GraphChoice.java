package dev.stentor.speech.neural;

import dev.stentor.speech.onnx.RewrittenGraph;
import dev.stentor.speech.onnx.RewrittenGraph.Way;
import dev.stentor.speech.onnx.UnreadableGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice between the graph as it was published, and the same rewritten, which most versions of the runtime compute several times as
 * fast: in 8 bits where the processor adds products of such numbers exactly, else in float. The first start writes it and times both; what
 * was chosen is kept in the cache. All methods block.
 */
final class GraphChoice {

    private static final Logger LOG = LoggerFactory.getLogger(GraphChoice.class);
    private static final int ROUNDS = 2;
    private static final String REWRITTEN = "rewritten";

    /** End of the name that earlier gateways gave to a graph in float, of 290 MB. */
    private static final String EARLIER = "-float.onnx";

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
        VoiceFolder.Model model = folder.model();
        Way way = SpeechGraph.addsExactly() ? Way.PRODUCTS : Way.FLOAT;
        // Another way to rewrite has another number, and another processor or runtime may be faster with another graph.
        String kind = model.key() + "-" + way.name().toLowerCase(Locale.ROOT) + "-" + RewrittenGraph.VERSION;
        Path rewritten = folder.made(kind + ".onnx");
        Path choice = folder.made(kind + "-" + SpeechGraph.version() + ".txt");
        if (Files.exists(choice)) {
            boolean isRewritten = Files.readString(choice).startsWith(REWRITTEN);
            if (!isRewritten || Files.exists(rewritten)) {
                return SpeechGraph.open(isRewritten ? rewritten : model.file(), threads);
            }
        }
        if (!Files.exists(rewritten)) {
            LOG.info("Rewriting the graph of the natural voice, once.");
            if (!FreshFile.make(rewritten, out -> rewrite(model.file(), way, out))) {
                return SpeechGraph.open(model.file(), threads); // there is nothing in int8 in it
            }
            folder.discard(model.key() + EARLIER);
        }
        return faster(model.file(), rewritten, choice, threads);
    }

    /** Writes a graph in another way. Returns whether it differs. */
    private static boolean rewrite(Path published, Way way, FileChannel out) throws IOException, UnusableVoice {
        try {
            return RewrittenGraph.write(published, way, out) > 0;
        } catch (UnreadableGraph e) {
            throw new UnusableVoice(published + " cannot be used: " + e.getMessage(), e);
        }
    }

    private SpeechGraph faster(Path published, Path rewritten, Path choice, int threads) throws Exception {
        long publishedNanos = nanos(published, threads);
        SpeechGraph graph = SpeechGraph.open(rewritten, threads);
        long rewrittenNanos = nanos(graph);
        boolean isRewritten = rewrittenNanos <= publishedNanos;
        String chosen = isRewritten ? REWRITTEN : "published";
        LOG.atInfo()
                .addKeyValue("published_ms", publishedNanos / 1_000_000)
                .addKeyValue("rewritten_ms", rewrittenNanos / 1_000_000)
                .log("The natural voice computes with the {} graph here.", chosen);
        remember(choice, chosen + " published=" + publishedNanos + " rewritten=" + rewrittenNanos + "\n");
        if (isRewritten) {
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
