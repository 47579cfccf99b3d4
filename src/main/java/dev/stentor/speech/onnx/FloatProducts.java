package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The changes that make a graph compute in float. A product of integers, {@code ConvInteger} or {@code MatMulInteger}, becomes that of
 * floats, its weights lose their zero point, and the node before it that rounds to 8 bits goes away: what scaled the rounded numbers is
 * 1 from then on. A bias that was rounded for a sum of integers is not rounded any more. Confined to one thread.
 */
final class FloatProducts implements Rewriting {

    private static final String ROUND = "DynamicQuantizeLinear";
    private static final String CONV = "ConvInteger";
    private static final String MATMUL = "MatMulInteger";
    private static final String ONE = "stentor_one";
    private static final Set<String> SHAPING = Set.of("Reshape", "Unsqueeze", "Squeeze", "Transpose", "Identity");
    private static final int TO_INTEGER = 6;

    private final Graph graph;
    /** Rounding nodes that go away. */
    private final Set<GraphNode> rounding = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What stands in the place of a node, by the node. */
    private final IdentityHashMap<GraphNode, GraphNode> changed = new IdentityHashMap<>();

    private final Map<String, FloatWeights> weights = new LinkedHashMap<>();
    private final Map<String, String> renamed = new HashMap<>();
    private int count;

    FloatProducts(Graph graph) throws IOException {
        this.graph = graph;
        for (GraphNode node : graph.nodes()) {
            if (node.is(ROUND) && canGo(node)) {
                rounding.add(node);
                renamed.put(node.outputs().get(1), ONE);
                for (GraphNode product : graph.consumers(node.outputs().getFirst())) {
                    rewrite(product, node.input(0));
                }
            }
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Piece> pieces() throws IOException {
        var pieces = new ArrayList<Piece>();
        for (GraphNode node : graph.nodes()) {
            if (!rounding.contains(node)) {
                GraphNode now = changed.getOrDefault(node, node);
                GraphNode named = now.with(
                        now.operator(),
                        now.inputs().stream()
                                .map(input -> renamed.getOrDefault(input, input))
                                .toList());
                pieces.addAll(Piece.field(Graph.NODE, named.message()));
            }
        }
        for (Map.Entry<String, ByteBuffer> constant : graph.constants().entrySet()) {
            if (isStillTaken(constant.getKey())) {
                pieces.addAll(Piece.field(Graph.CONSTANT, constant.getValue()));
            }
        }
        for (FloatWeights floats : weights.values()) {
            pieces.addAll(Piece.field(Graph.CONSTANT, floats));
        }
        if (count > 0) {
            pieces.addAll(Piece.field(Graph.CONSTANT, Constant.floats(ONE, List.of(), 1)));
        }
        graph.rest().forEach(field -> pieces.add(Piece.of(field)));
        return pieces;
    }

    /** Tells whether all that takes the rounded numbers can take those before rounding. */
    private boolean canGo(GraphNode round) throws IOException {
        List<GraphNode> products = graph.consumers(round.outputs().getFirst());
        for (GraphNode product : products) {
            boolean known = (product.is(CONV) || product.is(MATMUL))
                    && product.input(0).equals(round.outputs().getFirst())
                    && graph.integers(product.input(1)).isPresent()
                    && (product.input(3).isEmpty()
                            || graph.integers(product.input(3)).isPresent());
            if (!known) {
                return false;
            }
        }
        return !products.isEmpty()
                && products.containsAll(graph.consumers(round.outputs().get(2)));
    }

    private void rewrite(GraphNode product, String unrounded) throws IOException {
        Tensor integers = graph.integers(product.input(1)).orElseThrow();
        Tensor zero = graph.integers(product.input(3)).orElse(null);
        String name = product.input(1) + (zero == null ? "_float" : "_float_" + zero.name());
        weights.putIfAbsent(name, new FloatWeights(name, integers, zero, product.is(MATMUL)));
        changed.put(product, product.with(product.is(CONV) ? "Conv" : "MatMul", List.of(unrounded, name)));
        count++;
        for (GraphNode taking : graph.consumers(product.outputs().getFirst())) {
            if (taking.is("Add")) {
                String sum = product.outputs().getFirst();
                keepExact(taking.input(0).equals(sum) ? taking.input(1) : taking.input(0));
            } else if (!taking.is("Cast")) {
                throw new UnreadableGraph("The graph has a product of integers before a " + taking.operator() + ".");
            }
        }
    }

    /** Takes the rounding out of a bias. */
    private void keepExact(String bias) throws IOException {
        GraphNode cast = behindShaping(bias)
                .filter(node -> node.is("Cast"))
                .orElseThrow(() -> new UnreadableGraph("The graph has a bias of a form that is not known."));
        if (cast.integer("to") != TO_INTEGER) {
            return;
        }
        changed.put(cast, cast.with("to", Tensor.FLOAT));
        graph.producer(cast.input(0))
                .filter(node -> node.is("Floor")
                        && graph.consumers(node.outputs().getFirst()).size() == 1)
                .ifPresent(floor -> changed.put(floor, floor.with("Identity", floor.inputs())));
    }

    private Optional<GraphNode> behindShaping(String name) {
        Optional<GraphNode> found = graph.producer(name);
        while (found.isPresent() && SHAPING.contains(found.get().operator())) {
            found = graph.producer(found.get().input(0));
        }
        return found;
    }

    private boolean isStillTaken(String constant) {
        return graph.consumers(constant).isEmpty()
                || graph.consumers(constant).stream()
                        .anyMatch(node -> !(node.is(CONV) || node.is(MATMUL)) || !changed.containsKey(node));
    }
}
