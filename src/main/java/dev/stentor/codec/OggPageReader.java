package dev.stentor.codec;

import dev.stentor.audio.UnreadableSound;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reader of the pages of an Ogg stream (RFC 3533) from bytes that were split anywhere. Skips bytes that are no page, and broken
 * pages. Holds one page at most. Confined to one stream.
 */
final class OggPageReader {

    private static final int HEAD_BYTES = 27;
    private static final int SEGMENTS_AT = 26;
    private static final int LARGEST_BYTES = HEAD_BYTES + 255 + 255 * 255;
    /** "OggS" as a little-endian number. */
    private static final int CAPTURE = 0x5367674F;
    /** Largest number of bytes without a page: a stream with more is another kind of file. */
    private static final int MAX_SKIPPED_BYTES = 4 * LARGEST_BYTES;

    private final ByteBuffer held = ByteBuffer.allocate(2 * LARGEST_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private int skipped;

    /**
     * A whole page.
     *
     * @param flags the flags of {@link OggPage}, and 1 if the first piece continues a packet
     * @param granule position of the end of this page's sound
     * @param pieces packets, or parts of packets
     * @param lastIsOpen whether the last piece continues on the next page
     */
    record Page(int flags, long granule, int serial, List<byte[]> pieces, boolean lastIsOpen) {

        boolean isFirst() {
            return (flags & OggPage.FIRST) != 0;
        }

        boolean isLast() {
            return (flags & OggPage.LAST) != 0;
        }

        /** Tells whether the first piece belongs to a packet that began on an earlier page. */
        boolean continues() {
            return (flags & 1) != 0;
        }
    }

    /** Returns the next complete page; empty if more bytes are needed, and then all of these were taken. */
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
                skipByte();
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
                skipByte();
                continue;
            }
            held.position(start + length);
            skipped = 0;
            return Optional.of(parsed(ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN), segments));
        }
        return Optional.empty();
    }

    private void skipByte() {
        held.position(held.position() + 1);
        if (++skipped > MAX_SKIPPED_BYTES) {
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
