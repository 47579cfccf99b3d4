package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

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

    private static final ByteBuffer NO_SOUND = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** Returns the same entry with another time of release; it owns the same reference. */
    Entry releasedAt(long micros) {
        return new Entry(seq, event, micros, message, json);
    }

    /**
     * Returns the same entry, with its sound in the message alone, which is not on the heap; it owns the same reference. What rings keep would
     * otherwise be most of what the garbage collector copies.
     */
    Entry withoutSound() {
        return event instanceof Audio frame ? with(frame, NO_SOUND) : this;
    }

    /** Returns an entry in PCM as it was before {@link #withoutSound}; it owns the same reference. */
    Entry withSound() {
        if (!(event instanceof Audio frame)) {
            return this;
        }
        byte[] sound = new byte[SpeechTime.FRAME_BYTES];
        message.getBytes(message.writerIndex() - sound.length, sound);
        return with(frame, ByteBuffer.wrap(sound).asReadOnlyBuffer());
    }

    private Entry with(Audio frame, ByteBuffer sound) {
        var same = new Audio(
                frame.generation(),
                frame.pos(),
                frame.playMicros(),
                frame.first(),
                frame.last(),
                sound,
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
