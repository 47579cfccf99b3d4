package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import java.nio.ByteBuffer;

/**
 * An event of a channel, encoded once: an immutable, framed WebSocket message.
 *
 * @param seq its number; the entries of a channel are numbered without a hole
 * @param event that it tells
 * @param releasedMicros the time of its release, in µs of the clock
 * @param message shared by reference count: each ring that holds the entry owns one reference
 * @param json the text of an event, for {@code now}; empty for audio
 */
record Entry(long seq, ChannelEvent event, long releasedMicros, FramedMessage message, String json) {

    /** Returns the same entry with another time of release; it owns the same reference. */
    Entry releasedAt(long micros) {
        return new Entry(seq, event, micros, message, json);
    }

    /** Returns this entry in PCM with its sound copied out of its message; it owns the same reference. */
    Entry withSound() {
        if (!(event instanceof Audio frame)) {
            return this;
        }
        byte[] sound = new byte[SpeechTime.FRAME_BYTES];
        message.copyEnd(sound);
        var same = new Audio(
                frame.generation(),
                frame.pos(),
                frame.playMicros(),
                frame.first(),
                frame.last(),
                ByteBuffer.wrap(sound).asReadOnlyBuffer(),
                frame.samples(),
                frame.mixed());
        return new Entry(seq, same, releasedMicros, message, json);
    }

    void retain() {
        message.retain();
    }

    void release() {
        message.release();
    }
}
