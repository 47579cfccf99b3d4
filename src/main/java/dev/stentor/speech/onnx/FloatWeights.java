package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Weights as floats: each number less its zero point.
 *
 * @param name name of the new constant
 * @param zeroPoint one number for all, or one for each element of an axis; null means 0
 * @param lastAxis whether that is the last axis; else it is the first
 */
record FloatWeights(String name, Tensor weights, @Nullable Tensor zeroPoint, boolean lastAxis) implements Piece {

    private static final int BUFFER_BYTES = 1 << 16;

    FloatWeights {
        if (zeroPoint != null && zeroPoint.size() > 1 && zeroPoint.size() != axis(weights, lastAxis)) {
            throw new IllegalArgumentException(weights.name() + " has " + zeroPoint.size() + " zero points");
        }
    }

    @Override
    public long size() {
        return head().remaining() + dataSize();
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        Piece.writeFully(head(), out);
        ByteBuffer floats = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < weights.size(); n++) {
            if (!floats.hasRemaining()) {
                Piece.writeFully(floats.flip(), out);
                floats.clear();
            }
            floats.putFloat(weights.at(n) - zeroOf(n));
        }
        Piece.writeFully(floats.flip(), out);
    }

    private long dataSize() {
        return (long) weights.size() * Float.BYTES;
    }

    private ByteBuffer head() {
        var message = new WireMessage();
        weights.shape().forEach(size -> message.add(Tensor.SHAPE, size));
        message.add(Tensor.TYPE, Tensor.FLOAT);
        message.add(Tensor.NAME, name);
        message.head(Tensor.RAW, dataSize());
        return message.bytes();
    }

    private int zeroOf(int n) {
        if (zeroPoint == null) {
            return 0;
        }
        if (zeroPoint.size() == 1) {
            return zeroPoint.at(0);
        }
        return zeroPoint.at(lastAxis ? n % zeroPoint.size() : n / (weights.size() / zeroPoint.size()));
    }

    private static long axis(Tensor weights, boolean last) {
        if (weights.shape().isEmpty()) {
            return 1;
        }
        return last ? weights.shape().getLast() : weights.shape().getFirst();
    }
}
