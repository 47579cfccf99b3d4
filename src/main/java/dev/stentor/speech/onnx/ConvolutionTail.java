package dev.stentor.speech.onnx;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that make floats of a convolution of integers: a rounded bias is added, and the sum becomes a float, which is scaled.
 *
 * @param weightScale name of the constant that scales the weights
 * @param bias name of the constant that is added, as it was before it was rounded; empty if there is none
 * @param nodes these nodes, in their order, the convolution first
 */
record ConvolutionTail(String weightScale, Optional<String> bias, List<GraphNode> nodes) {

    private static final Set<String> ROUNDING =
            Set.of("Reshape", "Unsqueeze", "Squeeze", "Transpose", "Identity", "Cast", "Floor");

    /** Finds them behind a convolution; empty if they have another form. */
    static Optional<ConvolutionTail> of(Graph graph, GraphNode convolution) throws IOException {
        GraphNode rounding = graph.producer(convolution.input(0)).orElseThrow();
        Optional<GraphNode> add = only(graph, convolution, "Add");
        Optional<GraphNode> cast = only(graph, add.orElse(convolution), "Cast");
        Optional<GraphNode> scaled = cast.flatMap(node -> only(graph, node, "Mul"));
        if (scaled.isEmpty() || cast.orElseThrow().integer("to") != Tensor.FLOAT) {
            return Optional.empty();
        }
        Optional<String> weightScale = graph.producer(other(scaled.get(), cast.orElseThrow()))
                .filter(node -> node.is("Mul")
                        && node.inputs().contains(rounding.outputs().get(1)))
                .map(node -> other(node, rounding.outputs().get(1)))
                .filter(graph.constants()::containsKey);
        Optional<String> bias = add.flatMap(node -> unrounded(graph, other(node, convolution)));
        if (weightScale.isEmpty() || (add.isPresent() && bias.isEmpty())) {
            return Optional.empty();
        }
        List<GraphNode> nodes = add.isPresent()
                ? List.of(convolution, add.get(), cast.get(), scaled.get())
                : List.of(convolution, cast.get(), scaled.get());
        return Optional.of(new ConvolutionTail(weightScale.get(), bias, nodes));
    }

    /** Returns the name of what it computes. */
    String output() {
        return nodes.getLast().outputs().getFirst();
    }

    /** Finds the constant behind a bias that was divided by the scale and rounded. */
    private static Optional<String> unrounded(Graph graph, String bias) {
        Optional<GraphNode> node = graph.producer(bias);
        while (node.isPresent() && ROUNDING.contains(node.get().operator())) {
            node = graph.producer(node.get().input(0));
        }
        return node.filter(divided -> divided.is("Div"))
                .map(divided -> divided.input(0))
                .filter(graph.constants()::containsKey);
    }

    private static Optional<GraphNode> only(Graph graph, GraphNode node, String operator) {
        List<GraphNode> consumers = graph.consumers(node.outputs().getFirst());
        return consumers.size() == 1 && consumers.getFirst().is(operator)
                ? Optional.of(consumers.getFirst())
                : Optional.empty();
    }

    private static String other(GraphNode node, GraphNode than) {
        return other(node, than.outputs().getFirst());
    }

    private static String other(GraphNode node, String than) {
        return node.input(0).equals(than) ? node.input(1) : node.input(0);
    }
}
