package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small ONNX file that a test puts together by hand. */
public final class OnnxFile {

    /** Types of numbers. */
    public static final int FLOAT = 1;

    static final int UNSIGNED_8_BIT = 2;
    static final int SIGNED_8_BIT = 3;
    public static final int INT32 = 6;

    public static final int INT64 = 7;

    private static final int IR_VERSION = 9;
    private static final int OPSET = 17;

    private final WireMessage graph = new WireMessage();

    /** Adds a node. Attributes are integers: name, value, name, value. */
    public OnnxFile node(String operator, String inputs, String output, Object... attributes) {
        return named("", operator, inputs, output, attributes);
    }

    /** Adds a node with a name. */
    OnnxFile named(String itsName, String operator, String inputs, String output, Object... attributes) {
        var node = new WireMessage();
        node.add(3, itsName);
        for (String input : inputs.split(" ", -1)) {
            node.add(1, input);
        }
        for (String name : output.split(" ", -1)) {
            node.add(2, name);
        }
        node.add(4, operator);
        for (int n = 0; n < attributes.length; n += 2) {
            var attribute = new WireMessage();
            attribute.add(1, (String) attributes[n]);
            if (attributes[n + 1] instanceof int[] many) {
                for (int one : many) {
                    attribute.add(8, (long) one);
                }
                attribute.add(20, 7L);
            } else {
                attribute.add(3, (long) (int) (Integer) attributes[n + 1]);
                attribute.add(20, 2L);
            }
            message(node, 5, attribute);
        }
        message(graph, 1, node);
        return this;
    }

    /** Adds a constant of floats. */
    public OnnxFile floats(String name, int[] shape, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return constant(name, FLOAT, shape, raw.array());
    }

    /** Adds a constant of long integers. */
    public OnnxFile longs(String name, int[] shape, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(name, INT64, shape, raw.array());
    }

    /** Adds a constant of 8-bit integers, one byte each. */
    OnnxFile bytes(String name, int type, int[] shape, byte... values) {
        return constant(name, type, shape, values);
    }

    /** Adds a constant of signed 8-bit integers. */
    public OnnxFile signedBytes(String name, int[] shape, int... values) {
        return spelledBytes(name, SIGNED_8_BIT, shape, values);
    }

    /** Adds a constant of 8-bit integers in the other way that there is: each as a number of its own. */
    OnnxFile spelledBytes(String name, int type, int[] shape, int... values) {
        WireMessage tensor = tensor(name, type, shape);
        for (int value : values) {
            tensor.add(5, (long) value);
        }
        message(graph, 5, tensor);
        return this;
    }

    /** Adds an input; a size of -1 is any. */
    public OnnxFile input(String name, int type, int... shape) {
        message(graph, 11, value(name, type, shape));
        return this;
    }

    /** Adds an output; a size of -1 is any. */
    public OnnxFile output(String name, int type, int... shape) {
        message(graph, 12, value(name, type, shape));
        return this;
    }

    /** Adds a note on the type of a value between nodes. */
    OnnxFile note(String name, int type, int... shape) {
        message(graph, 13, value(name, type, shape));
        return this;
    }

    /** Returns the whole file. */
    byte[] file() {
        graph.add(2, "test");
        var opset = new WireMessage();
        opset.add(1, "");
        opset.add(2, (long) OPSET);
        var model = new WireMessage();
        model.add(1, (long) IR_VERSION);
        message(model, 8, opset);
        var extension = new WireMessage();
        extension.add(1, "com.microsoft");
        extension.add(2, 1L);
        message(model, 8, extension);
        message(model, 7, graph);
        ByteBuffer bytes = model.bytes();
        byte[] file = new byte[bytes.remaining()];
        bytes.get(file);
        return file;
    }

    /** Writes the whole file. */
    public void writeTo(Path path) throws IOException {
        Files.write(path, file());
    }

    private OnnxFile constant(String name, int type, int[] shape, byte[] raw) {
        WireMessage tensor = tensor(name, type, shape);
        tensor.head(9, raw.length);
        tensor.copy(ByteBuffer.wrap(raw));
        message(graph, 5, tensor);
        return this;
    }

    private static WireMessage tensor(String name, int type, int[] shape) {
        var tensor = new WireMessage();
        for (int size : shape) {
            tensor.add(1, (long) size);
        }
        tensor.add(2, (long) type);
        tensor.add(8, name);
        return tensor;
    }

    private static WireMessage value(String name, int type, int... sizes) {
        var shape = new WireMessage();
        for (int size : sizes) {
            var dimension = new WireMessage();
            if (size < 0) {
                dimension.add(2, name + "_size");
            } else {
                dimension.add(1, (long) size);
            }
            message(shape, 1, dimension);
        }
        var tensor = new WireMessage();
        tensor.add(1, (long) type);
        message(tensor, 2, shape);
        var kind = new WireMessage();
        message(kind, 1, tensor);
        var value = new WireMessage();
        value.add(1, name);
        message(value, 2, kind);
        return value;
    }

    private static void message(WireMessage into, int number, WireMessage message) {
        ByteBuffer bytes = message.bytes();
        into.head(number, bytes.remaining());
        into.copy(bytes);
    }
}
