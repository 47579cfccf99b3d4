package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/** An encoder of events into numbered entries. Confined to the clock's thread. */
final class EntryEncoder {

    private final ByteBufAllocator allocator;
    private long nextSeq;

    /** @param firstSeq the number of the first entry */
    EntryEncoder(ByteBufAllocator allocator, long firstSeq) {
        this.allocator = allocator;
        this.nextSeq = firstSeq;
    }

    /** Returns the number of the latest entry; before the first, one less than its number. */
    long headSeq() {
        return nextSeq - 1;
    }

    /**
     * Encodes the next entry. The caller owns the one reference of its message.
     *
     * @param settings for how the channel treats its listeners
     */
    Entry encode(ChannelEvent event, long nowMicros, BroadcastSettings settings) {
        Entry entry = encode(nextSeq, event, nowMicros, settings);
        nextSeq++; // only now: a number that was not used would be a hole in the ring
        return entry;
    }

    private Entry encode(long seq, ChannelEvent event, long nowMicros, BroadcastSettings settings) {
        if (event instanceof Audio frame) {
            return new Entry(seq, event, nowMicros, message(seq, frame), "");
        }
        String json = EventJson.of(seq, event, settings);
        ByteBuf message = WebSocketFraming.text(allocator, json);
        return new Entry(seq, event, nowMicros, message, json);
    }

    private ByteBuf message(long seq, Audio frame) {
        ByteBuffer audio = frame.audio().duplicate();
        ByteBuf message =
                WebSocketFraming.begin(allocator, WebSocketFraming.BINARY, FrameHeader.BYTES + audio.remaining());
        FrameHeader.of(seq, frame).writeTo(message);
        return message.writeBytes(audio);
    }
}
