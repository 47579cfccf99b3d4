package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** A part of a file whose size is known before it is written. */
interface Piece {

    /** Returns the number of bytes that {@link #writeTo} writes. */
    long size();

    /** Writes all bytes. */
    void writeTo(WritableByteChannel out) throws IOException;

    /** Returns a piece of these bytes; the position never moves. */
    static Piece of(ByteBuffer bytes) {
        return new Bytes(bytes);
    }

    /** Returns the pieces of a field of a message: its head, and these bytes. */
    static List<Piece> field(int number, ByteBuffer bytes) {
        return List.of(of(WireMessage.headOf(number, bytes.remaining())), of(bytes));
    }

    /** Returns the pieces of a field of a message: its head, and what is written later. */
    static List<Piece> field(int number, Piece later) {
        return List.of(of(WireMessage.headOf(number, later.size())), later);
    }

    /** Writes what remains of a buffer. */
    static void writeFully(ByteBuffer bytes, WritableByteChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** A piece that is there already. */
    record Bytes(ByteBuffer bytes) implements Piece {

        @Override
        public long size() {
            return bytes.remaining();
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            writeFully(bytes.duplicate(), out);
        }
    }
}
