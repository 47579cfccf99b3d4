package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes a RIFF/WAVE header off the start of a stream, however its bytes were split; any other stream passes untouched.
 *
 * <p>Everything up to and including the header of the {@code data} chunk goes; what follows is sound, to the end of the
 * stream: the sizes of RIFF and {@code data} are not read, because a server that streams does not know them. The size
 * of another chunk is needed to skip it. One that claims more than {@value #LARGEST_SKIPPED_CHUNK_BYTES} bytes is not
 * believed, and all that follows it counts as sound: noise at worst, never silence. What the header says of the sound's
 * shape can be asked for. Confined to one stream.
 */
public final class WavHeaderStripper {

    private static final int LARGEST_SKIPPED_CHUNK_BYTES = 65_536;
    private static final int CHUNK_HEADER_BYTES = 8;
    /** A question mark stands for a byte of the size, which may be anything. */
    private static final String RIFF_HEADER = "RIFF????WAVE";
    /** "data" as a big-endian number. */
    private static final int DATA = 0x64617461;
    /** "fmt " in the same way. */
    private static final int FORMAT = 0x666d7420;

    /** Where in the format chunk the extended form tells what the samples are. */
    private static final int EXTENDED_CODING_AT = 24;

    private static final int LINEAR_PCM = 1;
    private static final int EXTENDED = 0xFFFE;

    private enum Reading {
        RIFF_HEADER,
        CHUNK_HEADER,
        CHUNK_BODY,
        SOUND
    }

    private final ByteBuffer held = ByteBuffer.allocate(RIFF_HEADER.length()).limit(RIFF_HEADER.length());
    private Reading reading = Reading.RIFF_HEADER;
    private int bytesToSkip;
    /** The start of the format chunk; its position is how much was there. */
    private final ByteBuffer shape =
            ByteBuffer.allocate(EXTENDED_CODING_AT + Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private boolean atShape;

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

    /**
     * What the header said of the sound's shape; empty before the sound has begun, and if there was no header or it did not say.
     *
     * @throws IllegalArgumentException if the samples are not linear PCM of a possible shape
     */
    public Optional<PcmFormat> format() {
        if (reading != Reading.SOUND || shape.position() < 16) {
            return Optional.empty();
        }
        int coding = Short.toUnsignedInt(shape.getShort(0));
        if (coding == EXTENDED && !shape.hasRemaining()) {
            coding = Short.toUnsignedInt(shape.getShort(EXTENDED_CODING_AT));
        }
        if (coding != LINEAR_PCM) {
            throw new IllegalArgumentException("the samples must be linear PCM, were of WAV coding " + coding);
        }
        return Optional.of(new PcmFormat(
                shape.getInt(4), Short.toUnsignedInt(shape.getShort(2)), Short.toUnsignedInt(shape.getShort(14))));
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
        atShape = name == FORMAT;
        bytesToSkip = (int) (size + size % 2); // a chunk of odd size is followed by one byte of padding
        reading = Reading.CHUNK_BODY;
        skip(rest);
    }

    private void skip(ByteBuffer rest) {
        int skipped = Math.min(bytesToSkip, rest.remaining());
        if (atShape) {
            shape.put(rest.slice(rest.position(), Math.min(skipped, shape.remaining())));
        }
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
