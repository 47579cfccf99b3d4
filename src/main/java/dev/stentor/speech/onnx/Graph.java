package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of ONNX: nodes that compute, and constants.
 *
 * @param nodes in the order in which they compute
 * @param constants constants by name, each as a message
 * @param rest all other fields but the notes on shapes between nodes, as they stand in the file
 * @param producers nodes by the names of what they compute
 * @param consumers nodes by the names of what they take
 */
record Graph(
        List<GraphNode> nodes,
        Map<String, ByteBuffer> constants,
        List<ByteBuffer> rest,
        Map<String, GraphNode> producers,
        Map<String, List<GraphNode>> consumers) {

    static final int NODE = 1;
    static final int NAME = 2;
    static final int CONSTANT = 5;
    static final int INPUT = 11;
    static final int OUTPUT = 12;
    private static final int VALUE_NOTE = 13;
    private static final int OUTPUT_NAME = 1;

    static Graph read(ByteBuffer message) throws IOException {
        var nodes = new ArrayList<GraphNode>();
        var constants = new LinkedHashMap<String, ByteBuffer>();
        var rest = new ArrayList<ByteBuffer>();
        for (WireField field : WireField.read(message)) {
            switch (field.number()) {
                case NODE -> nodes.add(GraphNode.read(field.value()));
                case CONSTANT -> constants.put(Tensor.nameOf(field.value()), field.value());
                case VALUE_NOTE -> {} // they name types that are no longer right
                default -> rest.add(field.whole());
            }
        }
        return of(nodes, constants, rest);
    }

    /** Returns a graph of these parts. */
    static Graph of(List<GraphNode> nodes, Map<String, ByteBuffer> constants, List<ByteBuffer> rest) {
        var producers = new HashMap<String, GraphNode>();
        var consumers = new HashMap<String, List<GraphNode>>();
        for (GraphNode node : nodes) {
            node.outputs().forEach(name -> producers.put(name, node));
            node.inputs()
                    .forEach(name -> consumers
                            .computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(node));
        }
        return new Graph(nodes, constants, rest, producers, consumers);
    }

    /** Returns the same graph without nodes and constants of which nothing goes into an output. */
    Graph used() throws IOException {
        var wanted = new ArrayDeque<String>();
        for (ByteBuffer field : rest) {
            for (WireField part : WireField.read(field)) {
                if (part.number() == OUTPUT) {
                    wanted.add(Tensor.nameOf(part.value(), OUTPUT_NAME));
                }
            }
        }
        var taken = new HashSet<String>();
        while (!wanted.isEmpty()) {
            String name = wanted.remove();
            if (taken.add(name)) {
                producer(name).ifPresent(node -> wanted.addAll(node.inputs()));
            }
        }
        var left = new LinkedHashMap<>(constants);
        left.keySet().retainAll(taken);
        return of(
                nodes.stream()
                        .filter(node -> node.outputs().stream().anyMatch(taken::contains))
                        .toList(),
                left,
                rest);
    }

    /** Returns the node that computes a value; empty if it is a constant or an input. */
    Optional<GraphNode> producer(String name) {
        return Optional.ofNullable(producers.get(name));
    }

    /** Returns the nodes that take a value. */
    List<GraphNode> consumers(String name) {
        return consumers.getOrDefault(name, List.of());
    }

    /** Finds a constant of 8-bit integers. */
    Optional<Tensor> integers(String name) throws IOException {
        ByteBuffer constant = constants.get(name);
        return constant != null && Tensor.isOne(constant) ? Optional.of(Tensor.read(constant)) : Optional.empty();
    }
}
