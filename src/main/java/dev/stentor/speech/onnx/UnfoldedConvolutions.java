package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The change that makes products of matrices of convolutions in 8 bits. What a convolution sees at each time is laid side by side in one
 * row, which costs little in bytes; then all is one large product, for which the runtime has its best code, while its convolution of
 * integers has none. The numbers are the same, but for a bias that is not rounded any more.
 *
 * <p>A convolution that has steps, groups or another form than those of the published graph stays as it is. See ADR 47. Confined to one
 * thread.
 */
final class UnfoldedConvolutions implements Rewriting {

    private static final String EXTENSION = "com.microsoft";

    private final Graph graph;
    private final Set<GraphNode> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
    /** New nodes by what they compute: several convolutions can share some. */
    private final Map<String, GraphNode> nodes = new LinkedHashMap<>();

    private final Map<String, ByteBuffer> constants = new LinkedHashMap<>();
    private final Map<String, UnfoldedWeights> weights = new LinkedHashMap<>();
    private int count;

    UnfoldedConvolutions(Graph graph) throws IOException {
        this.graph = graph;
        for (GraphNode node : graph.nodes()) {
            Optional<ConvolutionWindow> window = ConvolutionWindow.of(graph, node);
            Optional<ConvolutionTail> tail = window.isPresent() ? ConvolutionTail.of(graph, node) : Optional.empty();
            if (tail.isPresent()) {
                unfold(node, window.get(), tail.get());
            }
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Piece> pieces() throws IOException {
        var all = new ArrayList<>(
                graph.nodes().stream().filter(node -> !replaced.contains(node)).toList());
        all.addAll(nodes.values());
        Graph used = Graph.of(all, graph.constants(), graph.rest()).used();
        var pieces = new ArrayList<Piece>();
        used.nodes().forEach(node -> pieces.addAll(Piece.field(Graph.NODE, node.message())));
        used.constants().values().forEach(constant -> pieces.addAll(Piece.field(Graph.CONSTANT, constant)));
        constants.values().forEach(constant -> pieces.addAll(Piece.field(Graph.CONSTANT, constant)));
        weights.values().forEach(matrix -> pieces.addAll(Piece.field(Graph.CONSTANT, matrix)));
        used.rest().forEach(field -> pieces.add(Piece.of(field)));
        return pieces;
    }

    private void unfold(GraphNode convolution, ConvolutionWindow window, ConvolutionTail tail) throws IOException {
        String rounded = convolution.input(0);
        List<String> scaleAndZero =
                graph.producer(rounded).orElseThrow().outputs().subList(1, 3);
        String name = convolution.outputs().getFirst();
        String matrix = name + "_matrix";
        String zero = name + "_matrix_zero";
        weights.put(matrix, new UnfoldedWeights(matrix, window.weights()));
        constants.put(zero, UnfoldedWeights.zeros(zero, window.zero()));
        var inputs = new ArrayList<>(List.of(
                rows(rounded, scaleAndZero.getLast(), window),
                matrix,
                scaleAndZero.getFirst(),
                tail.weightScale(),
                scaleAndZero.getLast(),
                zero));
        tail.bias().ifPresent(inputs::add);
        String product =
                added(node("MatMulIntegerToFloat", inputs, name + "_product").of(EXTENSION));
        var _ = added(turned(product, tail.output()));
        replaced.addAll(tail.nodes());
        count++;
    }

    /** Returns the name of the matrix with a row for each time, in which all that the window shows stands side by side. */
    private String rows(String rounded, String zero, ConvolutionWindow window) {
        String turned = added(turned(rounded, rounded + "_turned"));
        if (window.places() == 1) {
            return turned;
        }
        String around = window.before() + "_" + window.behind();
        String pads = longs("stentor_pads_" + around, 0, window.before(), 0, 0, window.behind(), 0);
        String padded = added(node("Pad", List.of(turned, pads, zero), rounded + "_padded_" + around));
        String times = added(node("Shape", List.of(turned), rounded + "_times")
                .with("start", 1L)
                .with("end", 2L));
        String along = longs("stentor_along", 1);
        var places = new ArrayList<String>();
        for (int n = 0; n < window.places(); n++) {
            long place = n * window.apart();
            String from = longs("stentor_place_" + place, place);
            String to = added(node("Add", List.of(times, from), times + "_to_" + place));
            places.add(added(node("Slice", List.of(padded, from, to, along), padded + "_from_" + place)));
        }
        return added(node("Concat", places, padded + "_rows_" + window.places() + "_" + window.apart())
                .with("axis", 2L));
    }

    /** Adds a node, unless there is one that computes the same. Returns the name of what it computes. */
    private String added(GraphNode node) {
        String output = node.outputs().getFirst();
        nodes.putIfAbsent(output, node);
        return output;
    }

    private static GraphNode turned(String from, String to) {
        return node("Transpose", List.of(from), to).withList("perm", List.of(0L, 2L, 1L));
    }

    private static GraphNode node(String operator, List<String> inputs, String output) {
        return new GraphNode(inputs, List.of(output), operator, Map.of(), List.of());
    }

    private String longs(String name, long... values) {
        constants.putIfAbsent(name, Constant.longs(name, List.of((long) values.length), values));
        return name;
    }
}
