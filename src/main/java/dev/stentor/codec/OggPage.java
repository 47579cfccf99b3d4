package dev.stentor.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A page of an Ogg stream (RFC 3533) to which whole packets are added. Confined to one stream. */
final class OggPage {

    /** Flag of the first page of a stream. */
    static final int FIRST = 2;
    /** Flag of the last page of a stream. */
    static final int LAST = 4;

    private static final byte[] CAPTURE = "OggS".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 27;
    static final int CHECKSUM_AT = 22;
    private static final int MAX_SEGMENTS = 255;
    private static final int SEGMENT_BYTES = 255;
    private static final int[] CHECKSUMS = checksums();

    private final List<byte[]> packets = new ArrayList<>();
    private int segments;

    /** Tells whether there is room for this packet. */
    boolean hasRoomFor(byte[] packet) {
        return segments + segmentsOf(packet) <= MAX_SEGMENTS;
    }

    /** Adds a packet, for which there must be room. */
    void add(byte[] packet) {
        if (!hasRoomFor(packet)) {
            throw new IllegalArgumentException("a packet of " + packet.length + " bytes has no room on this page");
        }
        packets.add(packet);
        segments += segmentsOf(packet);
    }

    /** Returns the number of packets of the page. */
    int packets() {
        return packets.size();
    }

    /**
     * Returns the bytes of the page.
     *
     * @param flags {@link #FIRST}, {@link #LAST}, both or 0
     * @param granule position of the end of this page's sound, in the units of the codec
     * @param serial serial number of the stream
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

    /** Writes the lengths of a packet's segments: full ones, and a shorter one that ends the packet. */
    private static void putSegments(ByteBuffer page, int packetBytes) {
        for (int left = packetBytes; left >= 0; left -= SEGMENT_BYTES) {
            page.put((byte) Math.min(left, SEGMENT_BYTES));
        }
    }

    private static int segmentsOf(byte[] packet) {
        return packet.length / SEGMENT_BYTES + 1;
    }

    /**
     * Computes the checksum: polynomial 0x04C11DB7, from 0, neither reflected nor inverted, unlike {@link java.util.zip.CRC32}.
     */
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
