package dev.stentor.speech.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A small graph that shows whether products of 8-bit numbers are added exactly. Processors without an instruction for that add two of them
 * in 16 bits, and what does not fit is cut off, which is heard. Its input {@link #INPUT} is a table of {@link #ROWS} times {@link #COLUMNS}
 * floats, all 1. Each float of its only output is {@link #EXACT} then, or less.
 */
public final class ProductProbe {

    /** Name of its input. */
    public static final String INPUT = "ones";

    /** Rows of its input. */
    public static final int ROWS = 8;

    /** Columns of its input. */
    public static final int COLUMNS = 64;

    /** Sum of the largest products. */
    public static final float EXACT = 255f * 127 * COLUMNS;

    private static final int WIDTH = 32;
    private static final byte LARGEST = 127;
    private static final int SIGNED_8_BIT = 3;
    private static final int IR_VERSION = 9;
    private static final int OPSET = 17;

    private ProductProbe() {}

    /** Returns the graph as a file. */
    public static byte[] file() {
        byte[] weights = new byte[COLUMNS * WIDTH];
        Arrays.fill(weights, LARGEST);
        var matrix = new WireMessage();
        matrix.add(Tensor.SHAPE, COLUMNS);
        matrix.add(Tensor.SHAPE, WIDTH);
        matrix.add(Tensor.TYPE, SIGNED_8_BIT);
        matrix.add(Tensor.NAME, "weights");
        matrix.head(Tensor.RAW, weights.length);
        matrix.copy(ByteBuffer.wrap(weights));

        var graph = new WireMessage();
        graph.nested(Graph.NODE, node("DynamicQuantizeLinear", List.of(INPUT), List.of("rounded", "scale", "zero")));
        graph.nested(Graph.NODE, node("MatMulInteger", List.of("rounded", "weights", "zero"), List.of("sums")));
        graph.nested(
                Graph.NODE,
                new GraphNode(List.of("sums"), List.of("result"), "Cast", Map.of(), List.of())
                        .with("to", Tensor.FLOAT)
                        .message());
        graph.add(Graph.NAME, "probe");
        graph.nested(Graph.CONSTANT, matrix.bytes());
        graph.nested(Graph.INPUT, GraphDraft.floats(INPUT));
        graph.nested(Graph.OUTPUT, GraphDraft.floats("result"));

        var opset = new WireMessage();
        opset.add(1, "");
        opset.add(2, OPSET);
        var model = new WireMessage();
        model.add(1, IR_VERSION);
        model.nested(RewrittenGraph.GRAPH, graph.bytes());
        model.nested(8, opset.bytes());
        return model.bytes().array();
    }

    private static ByteBuffer node(String operator, List<String> inputs, List<String> outputs) {
        return new GraphNode(inputs, outputs, operator, Map.of(), List.of()).message();
    }
}
