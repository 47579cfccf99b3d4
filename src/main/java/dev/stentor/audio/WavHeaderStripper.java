package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A filter that removes a RIFF/WAVE header from the start of a stream, however its bytes were split; any other stream passes
 * unchanged.
 *
 * <p>Removes everything up to and including the header of the {@code data} chunk; all that follows is sound, to the end of the
 * stream. The sizes of RIFF and {@code data} are not read, because a server that streams does not know them. The size of any
 * other chunk is needed to skip it. If a chunk claims more than {@value #LARGEST_SKIPPED_CHUNK_BYTES} bytes, its size is not
 * trusted, and all that follows counts as sound: noise at worst, never silence. {@link #format()} returns the format of the sound
 * that the header tells. Confined to one stream.
 */
public final class WavHeaderStripper {

    private static final int LARGEST_SKIPPED_CHUNK_BYTES = 65_536;
    private static final int CHUNK_HEADER_BYTES = 8;
    /** Start of the file; a question mark stands for a byte of the size, which may be anything. */
    private static final String RIFF_HEADER = "RIFF????WAVE";
    /** "data" as a big-endian number. */
    private static final int DATA = 0x64617461;
    /** "fmt " in the same way. */
    private static final int FORMAT = 0x666d7420;

    /** Offset in the format chunk at which the extended form tells the coding of the samples. */
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
    /** Start of the format chunk; its position tells how many bytes have come. */
    private final ByteBuffer formatChunk =
            ByteBuffer.allocate(EXTENDED_CODING_AT + Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private boolean inFormatChunk;

    /**
     * Takes the next bytes of the stream, and returns the sound among them; empty if there is none. The result may share their
     * memory.
     *
     * @param bytes the position is not moved
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
     * Ends the stream, and returns the bytes that looked like the start of a header, if the stream was too short for one; else an
     * empty buffer.
     */
    public ByteBuffer rest() {
        return reading == Reading.RIFF_HEADER ? withHeld(ByteBuffer.allocate(0)) : ByteBuffer.allocate(0);
    }

    /**
     * Returns the format of the sound that the header tells; empty before the sound has begun, and if there was no header or it
     * did not tell.
     *
     * @throws IllegalArgumentException if the samples are not linear PCM of a possible format
     */
    public Optional<PcmFormat> format() {
        if (reading != Reading.SOUND || formatChunk.position() < 16) {
            return Optional.empty();
        }
        int coding = Short.toUnsignedInt(formatChunk.getShort(0));
        if (coding == EXTENDED && !formatChunk.hasRemaining()) {
            coding = Short.toUnsignedInt(formatChunk.getShort(EXTENDED_CODING_AT));
        }
        if (coding != LINEAR_PCM) {
            throw new IllegalArgumentException("the samples must be linear PCM, were of WAV coding " + coding);
        }
        return Optional.of(new PcmFormat(
                formatChunk.getInt(4),
                Short.toUnsignedInt(formatChunk.getShort(2)),
                Short.toUnsignedInt(formatChunk.getShort(14))));
    }

    /** Reads on, and returns false as soon as a byte cannot be part of a header. */
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
        inFormatChunk = name == FORMAT;
        bytesToSkip = (int) (size + size % 2); // a chunk of odd size is followed by one byte of padding
        reading = Reading.CHUNK_BODY;
        skip(rest);
    }

    private void skip(ByteBuffer rest) {
        int skipped = Math.min(bytesToSkip, rest.remaining());
        if (inFormatChunk) {
            formatChunk.put(rest.slice(rest.position(), Math.min(skipped, formatChunk.remaining())));
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
