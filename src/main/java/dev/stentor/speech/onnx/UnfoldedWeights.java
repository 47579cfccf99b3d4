package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Weights of a convolution, by output, input and place, as the matrix with a row for each place and input, and a column for each output.
 * Its numbers are signed: those from 0 to 255 are less by 128, and so must be their zero point.
 *
 * @param name name of the new constant
 */
record UnfoldedWeights(String name, Tensor weights) implements Piece {

    private static final int SIGNED_8_BIT = 3;
    private static final int MIDDLE = 128;
    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public long size() {
        return head().remaining() + (long) weights.size();
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        Piece.writeFully(head(), out);
        int outputs = axis(0);
        int inputs = axis(1);
        int places = axis(2);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        for (int row = 0; row < places * inputs; row++) {
            int at = row % inputs * places + row / inputs;
            for (int output = 0; output < outputs; output++) {
                if (!bytes.hasRemaining()) {
                    Piece.writeFully(bytes.flip(), out);
                    bytes.clear();
                }
                bytes.put(signed(weights, output * inputs * places + at));
            }
        }
        Piece.writeFully(bytes.flip(), out);
    }

    /** Returns a number as a signed one. */
    static byte signed(Tensor numbers, int n) {
        return (byte) (numbers.signed() ? numbers.at(n) : numbers.at(n) - MIDDLE);
    }

    /** Returns zero points as a constant of signed numbers: a single one if there is only one. */
    static ByteBuffer zeros(String name, Tensor zeros) {
        byte[] signed = new byte[zeros.size()];
        for (int n = 0; n < signed.length; n++) {
            signed[n] = signed(zeros, n);
        }
        var message = headed(name, signed.length == 1 ? List.of() : List.of((long) signed.length), signed.length);
        message.copy(ByteBuffer.wrap(signed));
        return message.bytes();
    }

    private int axis(int n) {
        return Math.toIntExact(weights.shape().get(n));
    }

    private ByteBuffer head() {
        return headed(name, List.of((long) axis(2) * axis(1), (long) axis(0)), weights.size())
                .bytes();
    }

    private static WireMessage headed(String name, List<Long> shape, long size) {
        var message = new WireMessage();
        shape.forEach(axis -> message.add(Tensor.SHAPE, axis));
        message.add(Tensor.TYPE, SIGNED_8_BIT);
        message.add(Tensor.NAME, name);
        message.head(Tensor.RAW, size);
        return message;
    }
}
