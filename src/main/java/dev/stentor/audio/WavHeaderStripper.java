package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Takes a RIFF/WAVE header off the start of a stream, however its bytes were split; any other stream passes untouched.
 *
 * <p>Everything up to and including the header of the {@code data} chunk goes; what follows is sound, to the end of the
 * stream: the sizes of RIFF and {@code data} are not read, because a server that streams does not know them. The size
 * of another chunk is needed to skip it. One that claims more than {@value #LARGEST_SKIPPED_CHUNK_BYTES} bytes is not
 * believed, and all that follows it counts as sound: noise at worst, never silence. Confined to one stream.
 */
public final class WavHeaderStripper {

    private static final int LARGEST_SKIPPED_CHUNK_BYTES = 65_536;
    private static final int CHUNK_HEADER_BYTES = 8;
    /** A question mark stands for a byte of the size, which may be anything. */
    private static final String RIFF_HEADER = "RIFF????WAVE";
    /** "data" as a big-endian number. */
    private static final int DATA = 0x64617461;

    private enum Reading {
        RIFF_HEADER,
        CHUNK_HEADER,
        CHUNK_BODY,
        SOUND
    }

    private final ByteBuffer held = ByteBuffer.allocate(RIFF_HEADER.length()).limit(RIFF_HEADER.length());
    private Reading reading = Reading.RIFF_HEADER;
    private int bytesToSkip;

    /**
     * The sound among the next bytes; empty if there is none. What it returns may share the memory of what it was
     * given.
     *
     * @param bytes the next bytes of the stream; not moved
     */
    public ByteBuffer strip(ByteBuffer bytes) {
        ByteBuffer rest = bytes.slice();
        while (rest.hasRemaining()) {
            switch (reading) {
                case RIFF_HEADER -> {
                    if (!readRiffHeader(rest)) {
                        return withHeld(rest);
                    }
                }
                case CHUNK_HEADER -> readChunkHeader(rest);
                case CHUNK_BODY -> skip(rest);
                case SOUND -> {
                    return rest;
                }
            }
        }
        return rest;
    }

    /**
     * To be called at the end of the stream: bytes that looked like the start of a header, but the stream was too short
     * for one.
     */
    public ByteBuffer rest() {
        return reading == Reading.RIFF_HEADER ? withHeld(ByteBuffer.allocate(0)) : ByteBuffer.allocate(0);
    }

    /** False as soon as a byte is not that of a header. */
    private boolean readRiffHeader(ByteBuffer rest) {
        while (held.hasRemaining() && rest.hasRemaining()) {
            char expected = RIFF_HEADER.charAt(held.position());
            byte actual = rest.get();
            held.put(actual);
            if (expected != '?' && expected != actual) {
                return false;
            }
        }
        if (!held.hasRemaining()) {
            expectChunk();
        }
        return true;
    }

    private void readChunkHeader(ByteBuffer rest) {
        while (held.hasRemaining() && rest.hasRemaining()) {
            held.put(rest.get());
        }
        if (held.hasRemaining()) {
            return;
        }
        int name = held.order(ByteOrder.BIG_ENDIAN).getInt(0);
        long size = Integer.toUnsignedLong(held.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        if (name == DATA || size > LARGEST_SKIPPED_CHUNK_BYTES) {
            reading = Reading.SOUND;
            return;
        }
        bytesToSkip = (int) (size + size % 2); // a chunk of odd size is followed by one byte of padding
        reading = Reading.CHUNK_BODY;
        skip(rest);
    }

    private void skip(ByteBuffer rest) {
        int skipped = Math.min(bytesToSkip, rest.remaining());
        rest.position(rest.position() + skipped);
        bytesToSkip -= skipped;
        if (bytesToSkip == 0) {
            expectChunk();
        }
    }

    private void expectChunk() {
        held.clear().limit(CHUNK_HEADER_BYTES);
        reading = Reading.CHUNK_HEADER;
    }

    private ByteBuffer withHeld(ByteBuffer rest) {
        byte[] start = Arrays.copyOf(held.array(), held.position());
        reading = Reading.SOUND;
        return ByteBuffer.allocate(start.length + rest.remaining())
                .put(start)
                .put(rest)
                .flip();
    }
}
