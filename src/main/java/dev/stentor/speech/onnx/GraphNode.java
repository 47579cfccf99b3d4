package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of a graph.
 *
 * @param inputs names of what it computes with; an empty name is an input left out
 * @param outputs names of what it computes
 * @param operator its kind, such as {@code Conv}
 * @param attributes its attributes by name, each as a message
 * @param rest all of its other fields, as they stand in the file
 */
record GraphNode(
        List<String> inputs,
        List<String> outputs,
        String operator,
        Map<String, ByteBuffer> attributes,
        List<ByteBuffer> rest) {

    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int OPERATOR = 4;
    private static final int ATTRIBUTE = 5;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_INTEGER = 3;
    private static final int ATTRIBUTE_INTEGERS = 8;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int INTEGERS = 7;
    private static final int DOMAIN = 7;
    private static final int INTEGER = 2;
    private static final int NAME = 3;

    static GraphNode read(ByteBuffer message) throws IOException {
        var inputs = new ArrayList<String>();
        var outputs = new ArrayList<String>();
        var attributes = new LinkedHashMap<String, ByteBuffer>();
        var rest = new ArrayList<ByteBuffer>();
        String operator = "";
        for (WireField field : WireField.read(message)) {
            switch (field.number()) {
                case INPUT -> inputs.add(field.text());
                case OUTPUT -> outputs.add(field.text());
                case OPERATOR -> operator = field.text();
                case ATTRIBUTE -> attributes.put(nameOf(field.value()), field.value());
                default -> rest.add(field.whole());
            }
        }
        return new GraphNode(inputs, outputs, operator, attributes, rest);
    }

    private static String nameOf(ByteBuffer attribute) throws IOException {
        return WireField.read(attribute).stream()
                .filter(field -> field.number() == ATTRIBUTE_NAME)
                .map(WireField::text)
                .findFirst()
                .orElse("");
    }

    boolean is(String kind) {
        return operator.equals(kind);
    }

    /** Returns the name of an input; empty if it has none there. */
    String input(int n) {
        return n < inputs.size() ? inputs.get(n) : "";
    }

    /** Returns its name; empty if it has none. */
    String name() throws IOException {
        for (ByteBuffer field : rest) {
            for (WireField part : WireField.read(field)) {
                if (part.number() == NAME) {
                    return part.text();
                }
            }
        }
        return "";
    }

    /** Returns an attribute that is an integer; 0 if there is none of this name. */
    long integer(String name) throws IOException {
        ByteBuffer attribute = attributes.get(name);
        if (attribute == null) {
            return 0;
        }
        return WireField.read(attribute).stream()
                .filter(field -> field.number() == ATTRIBUTE_INTEGER)
                .mapToLong(WireField::varint)
                .findFirst()
                .orElse(0);
    }

    /** Returns an attribute that is a list of integers; an empty list if there is none of this name. */
    List<Long> integers(String name) throws IOException {
        ByteBuffer attribute = attributes.get(name);
        var integers = new ArrayList<Long>();
        if (attribute != null) {
            for (WireField field : WireField.read(attribute)) {
                if (field.number() == ATTRIBUTE_INTEGERS) {
                    integers.addAll(field.integers());
                }
            }
        }
        return integers;
    }

    /** Returns the same node of another kind, with other inputs. */
    GraphNode with(String newOperator, List<String> newInputs) {
        return new GraphNode(newInputs, outputs, newOperator, attributes, rest);
    }

    /** Returns the same node with an attribute that is an integer. */
    GraphNode with(String name, long value) {
        var changed = new LinkedHashMap<>(attributes);
        var attribute = new WireMessage();
        attribute.add(ATTRIBUTE_NAME, name);
        attribute.add(ATTRIBUTE_INTEGER, value);
        attribute.add(ATTRIBUTE_TYPE, INTEGER);
        changed.put(name, attribute.bytes());
        return new GraphNode(inputs, outputs, operator, changed, rest);
    }

    /** Returns the same node with an attribute that is a list of integers. */
    GraphNode withList(String name, List<Long> values) {
        var changed = new LinkedHashMap<>(attributes);
        var attribute = new WireMessage();
        attribute.add(ATTRIBUTE_NAME, name);
        values.forEach(value -> attribute.add(ATTRIBUTE_INTEGERS, value));
        attribute.add(ATTRIBUTE_TYPE, INTEGERS);
        changed.put(name, attribute.bytes());
        return new GraphNode(inputs, outputs, operator, changed, rest);
    }

    /** Returns the same node as one of an extension, by the name of that. */
    GraphNode of(String extension) {
        var domain = new WireMessage();
        domain.add(DOMAIN, extension);
        return new GraphNode(inputs, outputs, operator, attributes, List.of(domain.bytes()));
    }

    /** Returns it as a message. */
    ByteBuffer message() {
        var message = new WireMessage();
        inputs.forEach(input -> message.add(INPUT, input));
        outputs.forEach(output -> message.add(OUTPUT, output));
        message.add(OPERATOR, operator);
        for (ByteBuffer attribute : attributes.values()) {
            message.head(ATTRIBUTE, attribute.remaining());
            message.copy(attribute);
        }
        rest.forEach(message::copy);
        return message.bytes();
    }
}
