package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Writes frames of the Opus rendition: the same numbers and places as in PCM, another payload. The caller owns what it gets. */
record OpusEntries(ByteBufAllocator allocator) {

    /** A frame with exactly one packet. */
    Entry sound(Entry source, Audio frame, byte[] packet) {
        ByteBuf message = begin(FrameHeader.of(source.seq(), frame), packet.length);
        return with(source, message.writeBytes(packet));
    }

    /** A frame that was not encoded: so many samples of silence. */
    Entry silence(Entry source, Audio frame) {
        FrameHeader header = FrameHeader.of(source.seq(), frame);
        ByteBuf message = begin(header.asSilence(), Integer.BYTES);
        return with(source, message.writeInt(frame.audio().remaining() / Short.BYTES));
    }

    /** A frame that a clear took back, and nobody will get: it only keeps its number, until the clear follows at once. */
    Entry cancelled(Entry source) {
        return with(source, Unpooled.EMPTY_BUFFER);
    }

    private ByteBuf begin(FrameHeader header, int payloadBytes) {
        ByteBuf message = WebSocketFraming.begin(allocator, WebSocketFraming.BINARY, FrameHeader.BYTES + payloadBytes);
        header.writeTo(message);
        return message;
    }

    private static Entry with(Entry source, ByteBuf message) {
        return new Entry(source.seq(), source.event(), source.releasedMicros(), message, "");
    }
}
