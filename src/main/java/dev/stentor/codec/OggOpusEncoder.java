package dev.stentor.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * An encoder of speech into an Ogg-Opus file while the speech is being made: a decoder gives back exactly as many samples as went
 * in. How the samples are cut into buffers changes nothing. Works on the caller's thread, see {@link OpusEncoder}. Confined to
 * one stream.
 */
public final class OggOpusEncoder {

    /** Number of packets of one page: 200 ms. */
    private static final int PACKETS_PER_PAGE = 10;

    private static final int LOOK_AHEAD_SAMPLES = OpusEncoder.PRE_SKIP / OpusEncoder.TICKS_PER_SAMPLE;

    private final OpusEncoder encoder;
    private final OggOpusWriter writer;
    private final ByteBuffer frame = ByteBuffer.allocate(OpusEncoder.FRAME_SAMPLES * Short.BYTES);
    private long samples;
    private long encoded;

    /** @param serial see {@link OggOpusWriter} */
    public OggOpusEncoder(OpusSettings settings, int serial) {
        encoder = new OpusEncoder(settings);
        writer = new OggOpusWriter(serial, OpusEncoder.PRE_SKIP, PACKETS_PER_PAGE);
    }

    /** Returns the two pages before all sound. Must be called once, first. */
    public byte[] head() {
        return writer.head();
    }

    /**
     * Takes samples, and returns the pages that are full now; empty if none is.
     *
     * @param buffer whole samples of 16 bits, little-endian; the position is not moved
     */
    public byte[] encode(ByteBuffer buffer) {
        var pages = new ByteArrayOutputStream();
        ByteBuffer left = buffer.duplicate();
        samples += left.remaining() / Short.BYTES;
        while (left.hasRemaining()) {
            int length = Math.min(left.remaining(), frame.remaining());
            frame.put(left.slice(left.position(), length));
            left.position(left.position() + length);
            if (!frame.hasRemaining()) {
                writer.add(packet()).ifPresent(pages::writeBytes);
            }
        }
        return pages.toByteArray();
    }

    /**
     * Ends the file, and returns the rest. Adds silence until the last sample has left the encoder; the last page tells decoders
     * to drop it.
     */
    public byte[] end() {
        var pages = new ByteArrayOutputStream();
        long target = samples + LOOK_AHEAD_SAMPLES;
        while (encoded + OpusEncoder.FRAME_SAMPLES < target) {
            writer.add(padded()).ifPresent(pages::writeBytes);
        }
        pages.writeBytes(writer.end(padded(), samples));
        return pages.toByteArray();
    }

    private byte[] padded() {
        while (frame.hasRemaining()) {
            frame.put((byte) 0);
        }
        return packet();
    }

    private byte[] packet() {
        byte[] packet = encoder.encode(frame.flip());
        frame.clear();
        encoded += OpusEncoder.FRAME_SAMPLES;
        return packet;
    }
}
