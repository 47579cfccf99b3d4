package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An encoder of events into numbered entries. Confined to the clock's thread. */
final class EntryEncoder {

    private final MessageBlocks blocks;
    private long nextSeq;

    /** @param firstSeq the number of the first entry */
    EntryEncoder(ByteBufAllocator allocator, long firstSeq) {
        this.blocks = new MessageBlocks(allocator);
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
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        FramedMessage message = blocks.write(WebSocketFraming.TEXT, utf8.length, target -> target.writeBytes(utf8));
        return new Entry(seq, event, nowMicros, message, json);
    }

    private FramedMessage message(long seq, Audio frame) {
        ByteBuffer audio = frame.audio().duplicate();
        return blocks.write(WebSocketFraming.BINARY, FrameHeader.BYTES + audio.remaining(), target -> {
            FrameHeader.of(seq, frame).writeTo(target);
            target.writeBytes(audio);
        });
    }

    /** Gives up the memory for what comes next; entries that were encoded stay. */
    void release() {
        blocks.release();
    }
}
