package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection whose socket takes as much as the test says. Reads the frames back by its own rules, not by the encoder's. */
public final class RecordingOutlet implements Outlet {

    private static final JsonMapper JSON = new JsonMapper();

    /** A text or binary message. */
    public record Message(JsonNode json, ByteBuffer bytes) {}

    public final List<Message> messages = new ArrayList<>();
    public final List<CloseReason> closes = new ArrayList<>();
    boolean writable = true;
    /** The number of messages in each send of shared bytes, in order. */
    final List<Integer> sends = new ArrayList<>();
    /** The number of messages that the socket takes before it is full. */
    int capacity = Integer.MAX_VALUE;

    /** Called when it is full; a socket would drain later, in a task of its own. */
    Runnable full = () -> {};

    /** The number of times that anybody asked whether it can take more. */
    int looks;

    private int waiting;
    private boolean flushed = true;

    @Override
    public boolean isWritable() {
        looks++;
        return writable && waiting < capacity;
    }

    @Override
    public Sent send(ByteBuf shared) {
        if (!isWritable()) {
            return Sent.REFUSED;
        }
        ByteBuf bytes = shared.duplicate();
        int before = messages.size();
        while (bytes.isReadable()) {
            record(bytes);
        }
        sends.add(messages.size() - before);
        waiting += messages.size() - before;
        if (waiting >= capacity) {
            full.run();
        }
        return isWritable() ? Sent.WHOLE : Sent.WAITING;
    }

    /** Takes as much again. */
    void makeRoom() {
        waiting = 0;
    }

    @Override
    public void write(ByteBuf message) {
        flushed = false;
        record(message);
        if (message.isReadable()) {
            throw new AssertionError("bytes after the frame");
        }
        message.release();
    }

    private void record(ByteBuf bytes) {
        int opcode = bytes.readUnsignedByte();
        int length = bytes.readUnsignedByte();
        length = length == 126 ? bytes.readUnsignedShort() : length;
        byte[] payload = new byte[length];
        bytes.readBytes(payload);
        if (opcode == 0x81) {
            messages.add(
                    new Message(JSON.readTree(new String(payload, StandardCharsets.UTF_8)), ByteBuffer.wrap(payload)));
        } else if (opcode == 0x82) {
            messages.add(new Message(JSON.nullNode(), ByteBuffer.wrap(payload)));
        }
    }

    @Override
    public void flush() {
        flushed = true;
    }

    @Override
    public void close(CloseReason reason) {
        closes.add(reason);
    }

    /** Tells whether all that was written went to the socket. */
    boolean flushed() {
        return flushed;
    }

    public List<JsonNode> texts(String type) {
        return messages.stream()
                .map(Message::json)
                .filter(json -> json.path("t").asString("").equals(type))
                .toList();
    }

    public JsonNode text(String type) {
        return texts(type).getFirst();
    }

    public List<byte[]> frames() {
        return messages.stream()
                .filter(message -> message.json().isNull())
                .map(message -> message.bytes().array())
                .toList();
    }

    /** Everything from the first entry on, welcome and stream left out. */
    public List<byte[]> entries() {
        return messages.stream()
                .filter(message -> message.json().isNull() || message.json().has("seq"))
                .map(message -> message.bytes().array())
                .toList();
    }

    public List<Long> seqs() {
        List<Long> seqs = new ArrayList<>();
        for (Message message : messages) {
            if (message.json().isNull()) {
                seqs.add((long) message.bytes().getInt(4));
            } else if (message.json().has("seq")) {
                seqs.add(message.json().path("seq").asLong());
            }
        }
        return seqs;
    }

    public byte[] sound() {
        var sound = new ByteArrayOutputStream();
        frames().forEach(frame -> sound.write(frame, 24, frame.length - 24));
        return sound.toByteArray();
    }
}
