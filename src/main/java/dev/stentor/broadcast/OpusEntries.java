package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * A writer of the Opus rendition's frames: numbers and places are those of PCM, the payload differs. The caller owns what it
 * gets.
 */
record OpusEntries(MessageBlocks blocks) {

    /** Writes a frame with exactly one packet. */
    Entry sound(Entry source, Audio frame, byte[] packet) {
        FrameHeader header = FrameHeader.of(source.seq(), frame);
        return with(source, write(header, packet.length, target -> target.writeBytes(packet)));
    }

    /** Writes a frame that was not encoded: so many samples of silence. */
    Entry silence(Entry source, Audio frame) {
        FrameHeader header = FrameHeader.of(source.seq(), frame).asSilence();
        int samples = frame.audio().remaining() / Short.BYTES;
        return with(source, write(header, Integer.BYTES, target -> target.writeInt(samples)));
    }

    /**
     * Returns an empty entry for a frame that a clear took back. Nobody gets it: it keeps its number until the clear follows at
     * once.
     */
    Entry cancelled(Entry source) {
        return with(source, FramedMessage.NONE);
    }

    /** Gives up the memory for what comes next; entries that were written stay. */
    void release() {
        blocks.release();
    }

    private FramedMessage write(FrameHeader header, int payloadBytes, Consumer<ByteBuf> payload) {
        return blocks.write(WebSocketFraming.BINARY, FrameHeader.BYTES + payloadBytes, target -> {
            header.writeTo(target);
            payload.accept(target);
        });
    }

    private static Entry with(Entry source, FramedMessage message) {
        return new Entry(source.seq(), source.event(), source.releasedMicros(), message, "");
    }
}
