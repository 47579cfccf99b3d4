package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import io.netty.buffer.ByteBuf;

/**
 * One thing that happened on a channel, encoded once: an immutable, framed WebSocket message.
 *
 * @param seq its number; entries of a channel are numbered without a hole
 * @param event what it says
 * @param releasedMicros when it was released, in µs of the clock
 * @param message shared by reference count: each ring that holds the entry owns one reference. Its indices are never moved:
 *     whoever writes it writes a duplicate
 * @param json the text of an event, for {@code now}; empty for audio
 */
record Entry(long seq, ChannelEvent event, long releasedMicros, ByteBuf message, String json) {

    /** The same, owner of the same reference, released at another time. */
    Entry releasedAt(long micros) {
        return new Entry(seq, event, micros, message, json);
    }

    void retain() {
        message.retain();
    }

    void release() {
        message.release();
    }
}
