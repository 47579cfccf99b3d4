package dev.stentor.speech.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes, constants and outputs that are added to a graph. The runtime puts nodes into order by itself. Confined to one thread. */
final class GraphDraft {

    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int TENSOR = 1;
    private static final int TENSOR_TYPE = 1;

    private final List<GraphNode> nodes = new ArrayList<>();
    private final Map<String, ByteBuffer> constants = new LinkedHashMap<>();
    private final List<ByteBuffer> outputs = new ArrayList<>();

    /**
     * Adds a node.
     *
     * @param inputs names, with blanks between them
     * @param attributes integers by name
     */
    void node(String operator, String inputs, String output, Map<String, Long> attributes) {
        var node = new GraphNode(List.of(inputs.split(" ", -1)), List.of(output), operator, Map.of(), List.of());
        for (Map.Entry<String, Long> attribute : attributes.entrySet()) {
            node = node.with(attribute.getKey(), attribute.getValue());
        }
        nodes.add(node);
    }

    /** Adds a node without attributes. */
    void node(String operator, String inputs, String output) {
        node(operator, inputs, output, Map.of());
    }

    /** Adds a list of long integers as a constant. */
    void longs(String name, long... values) {
        constants.put(name, Constant.longs(name, List.of((long) values.length), values));
    }

    /** Adds a single long integer as a constant. */
    void scalar(String name, long value) {
        constants.put(name, Constant.longs(name, List.of(), value));
    }

    /** Adds floats as a constant. */
    void floats(String name, List<Long> shape, float... values) {
        constants.put(name, Constant.floats(name, shape, values));
    }

    /** Makes a value of floats an output of the graph, behind its others. */
    void output(String name) {
        var field = new WireMessage();
        field.nested(Graph.OUTPUT, floats(name));
        outputs.add(field.bytes());
    }

    /** Returns an input or an output of floats, of any shape, as a message. */
    static ByteBuffer floats(String name) {
        var tensor = new WireMessage();
        tensor.add(TENSOR_TYPE, Tensor.FLOAT);
        var type = new WireMessage();
        type.nested(TENSOR, tensor.bytes());
        var value = new WireMessage();
        value.add(VALUE_NAME, name);
        value.nested(VALUE_TYPE, type.bytes());
        return value.bytes();
    }

    /** Returns a graph with what was added. */
    Graph addedTo(Graph graph) {
        var allNodes = new ArrayList<>(graph.nodes());
        allNodes.addAll(nodes);
        var allConstants = new LinkedHashMap<>(graph.constants());
        allConstants.putAll(constants);
        var rest = new ArrayList<>(graph.rest());
        rest.addAll(outputs);
        return Graph.of(allNodes, allConstants, rest);
    }
}
