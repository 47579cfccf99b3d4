package dev.stentor.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One page of an Ogg stream (RFC 3533) while whole packets gather in it. Confined to one stream. */
final class OggPage {

    /** Set in the first page of a stream. */
    static final int FIRST = 2;
    /** Set in the last page of a stream. */
    static final int LAST = 4;

    private static final byte[] CAPTURE = "OggS".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 27;
    static final int CHECKSUM_AT = 22;
    private static final int MOST_SEGMENTS = 255;
    private static final int SEGMENT_BYTES = 255;
    private static final int[] CHECKSUMS = checksums();

    private final List<byte[]> packets = new ArrayList<>();
    private int segments;

    /** Whether the packet has room beside those that are here. */
    boolean hasRoomFor(byte[] packet) {
        return segments + segmentsOf(packet) <= MOST_SEGMENTS;
    }

    /** Takes a packet, which must have room. */
    void add(byte[] packet) {
        if (!hasRoomFor(packet)) {
            throw new IllegalArgumentException("a packet of " + packet.length + " bytes has no room on this page");
        }
        packets.add(packet);
        segments += segmentsOf(packet);
    }

    /** How many packets are here. */
    int packets() {
        return packets.size();
    }

    /**
     * The page as it is written.
     *
     * @param flags of {@link #FIRST} and {@link #LAST}
     * @param granule the position of the sound that ends on this page, in the units of the codec
     * @param serial of the stream
     * @param sequence number of the page in its stream, from 0
     */
    byte[] bytes(int flags, long granule, int serial, int sequence) {
        int body = packets.stream().mapToInt(packet -> packet.length).sum();
        ByteBuffer page = ByteBuffer.allocate(HEAD_BYTES + segments + body).order(ByteOrder.LITTLE_ENDIAN);
        page.put(CAPTURE)
                .put((byte) 0)
                .put((byte) flags)
                .putLong(granule)
                .putInt(serial)
                .putInt(sequence)
                .putInt(0)
                .put((byte) segments);
        packets.forEach(packet -> putSegments(page, packet.length));
        packets.forEach(page::put);
        return page.putInt(CHECKSUM_AT, checksum(page.array())).array();
    }

    /** Full segments and one that is not, which ends the packet. */
    private static void putSegments(ByteBuffer page, int packetBytes) {
        for (int left = packetBytes; left >= 0; left -= SEGMENT_BYTES) {
            page.put((byte) Math.min(left, SEGMENT_BYTES));
        }
    }

    private static int segmentsOf(byte[] packet) {
        return packet.length / SEGMENT_BYTES + 1;
    }

    /** Polynomial 0x04C11DB7, from 0, neither reflected nor inverted: not the one of {@link java.util.zip.CRC32}. */
    static int checksum(byte[] bytes) {
        int checksum = 0;
        for (byte next : bytes) {
            checksum = checksum << 8 ^ CHECKSUMS[(checksum >>> 24 ^ next) & 0xFF];
        }
        return checksum;
    }

    private static int[] checksums() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int rest = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                rest = rest < 0 ? rest << 1 ^ 0x04C1_1DB7 : rest << 1;
            }
            table[i] = rest;
        }
        return table;
    }
}
