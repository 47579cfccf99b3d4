package dev.stentor.whole;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A listener on a plain socket. Bytes that it does not read wait in the kernel, and it reads no faster than it is told to.
 */
final class RawListener implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int HEADER_BYTES = 24;

    private final Socket socket = new Socket();
    private final Throttle throttle;
    private final DataInputStream in;

    /** One message: JSON, or, with a null node, a frame. */
    record Message(JsonNode json, ByteBuffer frame) {

        boolean is(String type) {
            return json.path("t").asString("").equals(type);
        }

        boolean isSound() {
            return json.isNull();
        }

        /** Returns the number of a frame. */
        int seq() {
            return frame.getInt(4);
        }

        int generation() {
            return frame.getShort(2) & 0xFFFF;
        }

        byte[] samples() {
            byte[] samples = new byte[frame.remaining() - HEADER_BYTES];
            frame.get(HEADER_BYTES, samples);
            return samples;
        }
    }

    private RawListener(int port, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        throttle = new Throttle(socket.getInputStream());
        in = new DataInputStream(throttle);
    }

    /**
     * Connects and says hello.
     *
     * @param receiveBytes asked of the kernel for its buffer; 0 leaves it as it is
     */
    static RawListener join(URI channel, int receiveBytes) throws IOException {
        RawListener listener = connect(channel, receiveBytes);
        listener.say("{\"t\":\"hello\",\"v\":1}");
        var _ = listener.await(message -> message.is("stream"));
        return listener;
    }

    /** Connects, and says nothing. */
    static RawListener connect(URI channel, int receiveBytes) throws IOException {
        var listener = new RawListener(channel.getPort(), receiveBytes);
        listener.write(("GET " + channel.getPath() + "/listen HTTP/1.1\r\nHost: 127.0.0.1:" + channel.getPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: stentor.v1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) listener.in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + head);
        }
        return listener;
    }

    /** Limits the reading to this speed from now on. */
    void throttle(double bytesPerSecond) {
        throttle.begin(bytesPerSecond);
    }

    /** Reads the next message. */
    Message next() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return switch (opcode) {
            case 1 -> new Message(JSON.readTree(new String(payload, StandardCharsets.UTF_8)), ByteBuffer.allocate(0));
            case 2 -> new Message(JSON.nullNode(), ByteBuffer.wrap(payload));
            case 8 -> throw new EOFException("closed by the server");
            default -> next();
        };
    }

    /** Reads up to the next message that matches, and drops the messages before it. */
    Message await(Predicate<Message> wanted) throws IOException {
        Message message = next();
        while (!wanted.test(message)) {
            message = next();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Says a message of up to 125 bytes. */
    void say(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        write(ByteBuffer.allocate(6 + payload.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0) // a mask that changes nothing
                .put(payload)
                .array());
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A stream that gives small parts, each not before its time. */
    private static final class Throttle extends InputStream {
        private static final int PART_BYTES = 256;

        private final InputStream from;
        private double bytesPerSecond = Double.POSITIVE_INFINITY;
        private long sinceNanos;
        private long read;

        private Throttle(InputStream from) {
            this.from = from;
        }

        void begin(double newBytesPerSecond) {
            bytesPerSecond = newBytesPerSecond;
            sinceNanos = System.nanoTime();
            read = 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int most) throws IOException {
            long dueNanos = sinceNanos + (long) (read * 1e9 / bytesPerSecond);
            for (long early = dueNanos - System.nanoTime(); early > 0; early = dueNanos - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            int count = from.read(into, at, Math.min(most, PART_BYTES));
            read += Math.max(0, count);
            return count;
        }
    }
}
