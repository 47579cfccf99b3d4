package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A writer of the published int8 graph as one that the runtime computes faster. */
public final class RewrittenGraph {

    /** Number of the way in which graphs are rewritten: it grows with each change of that. */
    public static final int VERSION = 2;

    static final int GRAPH = 7;

    private RewrittenGraph() {}

    /** A way to rewrite convolutions. */
    public enum Way {
        /** In float: the same weights, but what goes in is not rounded to 8 bits. */
        FLOAT,
        /** As products of matrices in 8 bits: the same numbers in another order, which needs a processor that adds them exactly. */
        PRODUCTS
    }

    /**
     * Rewrites a graph. The source is mapped and the weights are written as a stream, so that the heap holds names and nodes only.
     *
     * @return number of nodes that compute in this way now
     * @throws UnreadableGraph if the source is no ONNX file, or has a form that is not known
     * @throws IOException if reading or writing fails
     */
    public static int write(Path source, Way way, WritableByteChannel out) throws IOException {
        try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ)) {
            ByteBuffer mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
            int rewritten = 0;
            for (WireField field : WireField.read(mapped)) {
                if (field.number() == GRAPH) {
                    Graph graph = SilentEnds.cut(Graph.read(field.value()));
                    Rewriting rewriting = switch (way) {
                        case FLOAT -> new FloatProducts(graph);
                        case PRODUCTS -> new UnfoldedConvolutions(graph);
                    };
                    rewritten += rewriting.count();
                    write(rewriting.pieces(), out);
                } else {
                    Piece.of(field.whole()).writeTo(out);
                }
            }
            return rewritten;
        }
    }

    private static void write(List<Piece> graph, WritableByteChannel out) throws IOException {
        long length = graph.stream().mapToLong(Piece::size).sum();
        var all = new ArrayList<Piece>();
        all.add(Piece.of(WireMessage.headOf(GRAPH, length)));
        all.addAll(graph);
        for (Piece piece : all) {
            piece.writeTo(out);
        }
    }
}
