package dev.stentor.audio;

import java.nio.ByteBuffer;

/**
 * A cutter of a stream of bytes, however it was split, into buffers of whole 16-bit samples.
 *
 * <p>A single byte waits for its other half in the next buffer. Half a sample at the very end is dropped;
 * {@link #remainderBytes()} tells whether there was one. Confined to one stream.
 */
public final class SampleAligner {

    private static final int NOTHING = -1;
    private static final int BYTES_PER_SAMPLE = 2;

    private int carried = NOTHING;

    /**
     * Takes the next bytes, and returns the samples that are complete now, read-only and on the heap; empty if there is none yet.
     *
     * @param bytes the next bytes of the stream; the position is not moved. The result shares memory on the heap where it can, so
     *     the caller must not write to it any more; memory outside of the heap is copied
     */
    public ByteBuffer align(ByteBuffer bytes) {
        int available = bytes.remaining() + remainderBytes();
        int whole = available - available % BYTES_PER_SAMPLE;
        ByteBuffer samples =
                carried == NOTHING && !bytes.isDirect() ? bytes.slice(bytes.position(), whole) : joined(bytes, whole);
        if (whole > 0 || carried == NOTHING) {
            carried = available > whole ? Byte.toUnsignedInt(bytes.get(bytes.limit() - 1)) : NOTHING;
        }
        return samples.asReadOnlyBuffer();
    }

    /** Returns how many bytes wait for the rest of their sample: 0 or 1. */
    public int remainderBytes() {
        return carried == NOTHING ? 0 : 1;
    }

    private ByteBuffer joined(ByteBuffer bytes, int whole) {
        ByteBuffer joined = ByteBuffer.allocate(whole);
        if (whole == 0) {
            return joined;
        }
        if (carried != NOTHING) {
            joined.put((byte) carried);
        }
        return joined.put(bytes.slice(bytes.position(), joined.remaining())).flip();
    }
}
