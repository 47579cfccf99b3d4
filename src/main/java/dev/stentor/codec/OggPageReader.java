package dev.stentor.codec;

import dev.stentor.audio.UnreadableSound;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the pages of an Ogg stream (RFC 3533) in bytes that were split anywhere. What is no page, or a broken one, is passed over.
 * Holds one page at most. Confined to one stream.
 */
final class OggPageReader {

    private static final int HEAD_BYTES = 27;
    private static final int SEGMENTS_AT = 26;
    private static final int LARGEST_BYTES = HEAD_BYTES + 255 + 255 * 255;
    /** "OggS" as a little-endian number. */
    private static final int CAPTURE = 0x5367674F;
    /** So much without a page is another kind of file. */
    private static final int MOST_PASSED_BYTES = 4 * LARGEST_BYTES;

    private final ByteBuffer held = ByteBuffer.allocate(2 * LARGEST_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private int passed;

    /**
     * A whole page.
     *
     * @param flags see {@link OggPage}
     * @param granule position of the sound that ends here
     * @param pieces of packets
     * @param lastIsOpen whether the last piece goes on on the next page
     */
    record Page(int flags, long granule, int serial, List<byte[]> pieces, boolean lastIsOpen) {

        boolean isFirst() {
            return (flags & OggPage.FIRST) != 0;
        }

        boolean isLast() {
            return (flags & OggPage.LAST) != 0;
        }

        /** Whether the first piece belongs to a packet that began before. */
        boolean goesOn() {
            return (flags & 1) != 0;
        }
    }

    /** The next page that is complete; empty if more bytes are needed, and then all of them were taken. */
    Optional<Page> next(ByteBuffer bytes) {
        while (true) {
            refill(bytes);
            Optional<Page> page = find();
            if (page.isPresent() || !bytes.hasRemaining()) {
                return page;
            }
        }
    }

    private void refill(ByteBuffer bytes) {
        held.compact();
        int count = Math.min(held.remaining(), bytes.remaining());
        held.put(bytes.slice(bytes.position(), count)).flip();
        bytes.position(bytes.position() + count);
    }

    private Optional<Page> find() {
        while (held.remaining() >= HEAD_BYTES) {
            int start = held.position();
            if (held.getInt(start) != CAPTURE) {
                pass();
                continue;
            }
            int segments = Byte.toUnsignedInt(held.get(start + SEGMENTS_AT));
            if (held.remaining() < HEAD_BYTES + segments) {
                return Optional.empty();
            }
            int length = HEAD_BYTES + segments;
            for (int n = 0; n < segments; n++) {
                length += Byte.toUnsignedInt(held.get(start + HEAD_BYTES + n));
            }
            if (held.remaining() < length) {
                return Optional.empty();
            }
            byte[] page = new byte[length];
            held.get(start, page);
            if (!isWhole(page)) {
                pass();
                continue;
            }
            held.position(start + length);
            passed = 0;
            return Optional.of(parsed(ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN), segments));
        }
        return Optional.empty();
    }

    private void pass() {
        held.position(held.position() + 1);
        if (++passed > MOST_PASSED_BYTES) {
            throw new UnreadableSound("BrokenOgg", "There are no whole Ogg pages in the sound.");
        }
    }

    private static boolean isWhole(byte[] page) {
        ByteBuffer view = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        int said = view.getInt(OggPage.CHECKSUM_AT);
        view.putInt(OggPage.CHECKSUM_AT, 0);
        return OggPage.checksum(page) == said;
    }

    private static Page parsed(ByteBuffer page, int segments) {
        List<byte[]> pieces = new ArrayList<>();
        int at = HEAD_BYTES + segments;
        int length = 0;
        boolean open = false;
        for (int n = 0; n < segments; n++) {
            int segment = Byte.toUnsignedInt(page.get(HEAD_BYTES + n));
            length += segment;
            open = segment == 255;
            if (!open || n == segments - 1) {
                byte[] piece = new byte[length];
                page.get(at, piece);
                pieces.add(piece);
                at += length;
                length = 0;
            }
        }
        return new Page(page.get(5), page.getLong(6), page.getInt(14), pieces, open);
    }
}
