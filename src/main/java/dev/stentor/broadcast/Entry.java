package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import io.netty.buffer.ByteBuf;

/**
 * An event of a channel, encoded once: an immutable, framed WebSocket message.
 *
 * @param seq its number; the entries of a channel are numbered without a hole
 * @param event that it tells
 * @param releasedMicros the time of its release, in µs of the clock
 * @param message shared by reference count: each ring that holds the entry owns one reference. Its indices are never moved:
 *     whoever writes it writes a duplicate
 * @param json the text of an event, for {@code now}; empty for audio
 */
record Entry(long seq, ChannelEvent event, long releasedMicros, ByteBuf message, String json) {

    /** Returns the same entry with another time of release; it owns the same reference. */
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
