package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;

/**
 * The 24 bytes before an audio payload, big-endian; see {@code docs/protocol.md}.
 *
 * @param type 1 audio, 2 silence
 * @param flags 1 first frame of an utterance, 2 last, 32 a mix
 * @param generation modulo 65,536
 * @param seq modulo 2^32
 * @param pos index of the first sample, at 24 kHz
 * @param playMicros when that sample is due, server monotonic µs
 */
record FrameHeader(int type, int flags, int generation, long seq, long pos, long playMicros) {

    static final int BYTES = 24;
    static final int AUDIO = 1;
    static final int SILENCE = 2;
    static final int FIRST = 1;
    static final int LAST = 2;
    static final int MIXED = 32;

    static FrameHeader of(long seq, Audio frame) {
        int flags = (frame.first() ? FIRST : 0) | (frame.last() ? LAST : 0) | (frame.mixed() ? MIXED : 0);
        return new FrameHeader(AUDIO, flags, frame.generation(), seq, frame.pos(), frame.playMicros());
    }

    /** Returns the header of silence in the same place. */
    FrameHeader asSilence() {
        return new FrameHeader(SILENCE, flags, generation, seq, pos, playMicros);
    }

    void writeTo(ByteBuf target) {
        target.writeByte(type)
                .writeByte(flags)
                .writeShort(generation)
                .writeInt((int) seq)
                .writeLong(pos)
                .writeLong(playMicros);
    }

    static FrameHeader readFrom(ByteBuf source) {
        return new FrameHeader(
                source.readUnsignedByte(),
                source.readUnsignedByte(),
                source.readUnsignedShort(),
                source.readUnsignedInt(),
                source.readLong(),
                source.readLong());
    }
}
