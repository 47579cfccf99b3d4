package dev.stentor.speech.onnx;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a convolution of integers along one axis sees at each time, if it gives as many times as it takes.
 *
 * @param places number of places
 * @param apart distance between them
 * @param before number of zeros before the first time
 * @param behind number of zeros behind the last time
 * @param weights weights by output, input and place
 * @param zero zero point of the weights: one for all, or one for each output
 */
record ConvolutionWindow(int places, long apart, long before, long behind, Tensor weights, Tensor zero) {

    private static final int AXES = 3;

    /** Returns that of a node; empty if it is no such convolution. */
    static Optional<ConvolutionWindow> of(Graph graph, GraphNode node) throws IOException {
        boolean isRounded = graph.producer(node.input(0))
                .filter(from -> from.is("DynamicQuantizeLinear"))
                .isPresent();
        if (!node.is("ConvInteger") || !isRounded || node.integer("group") > 1 || first(node, "strides", 1) != 1) {
            return Optional.empty();
        }
        Optional<Tensor> weights =
                graph.integers(node.input(1)).filter(tensor -> tensor.shape().size() == AXES);
        Optional<Tensor> zero = graph.integers(node.input(3));
        if (weights.isEmpty() || zero.isEmpty()) {
            return Optional.empty();
        }
        int places = Math.toIntExact(weights.get().shape().getLast());
        long apart = first(node, "dilations", 1);
        long before = first(node, "pads", 0);
        List<Long> pads = node.integers("pads");
        long behind = pads.isEmpty() ? 0 : pads.getLast();
        return before + behind == apart * (places - 1)
                ? Optional.of(new ConvolutionWindow(places, apart, before, behind, weights.get(), zero.get()))
                : Optional.empty();
    }

    private static long first(GraphNode node, String attribute, long otherwise) throws IOException {
        List<Long> values = node.integers(attribute);
        return values.isEmpty() ? otherwise : values.getFirst();
    }
}
