package dev.stentor.speech.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Maker of small constants of a graph, as messages. */
final class Constant {

    private static final int LONG = 7;

    private Constant() {}

    /** Returns a constant of floats; no size of an axis means a single number. */
    static ByteBuffer floats(String name, List<Long> shape, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return constant(name, Tensor.FLOAT, shape, raw.flip());
    }

    /** Returns a constant of long integers; no size of an axis means a single number. */
    static ByteBuffer longs(String name, List<Long> shape, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(name, LONG, shape, raw.flip());
    }

    private static ByteBuffer constant(String name, int type, List<Long> shape, ByteBuffer raw) {
        var message = new WireMessage();
        shape.forEach(size -> message.add(Tensor.SHAPE, size));
        message.add(Tensor.TYPE, type);
        message.add(Tensor.NAME, name);
        message.head(Tensor.RAW, raw.remaining());
        message.copy(raw);
        return message.bytes();
    }
}
