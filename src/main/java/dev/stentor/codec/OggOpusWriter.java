package dev.stentor.codec;

import dev.stentor.audio.PcmFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A writer of Opus packets of 20 ms into an Ogg stream (RFC 7845). Returns whole pages: each may be sent at once. The first
 * packet has a page of its own, so that it need not wait for others. Confined to one stream.
 */
public final class OggOpusWriter {

    private static final int TICKS_PER_PACKET = OpusEncoder.FRAME_SAMPLES * OpusEncoder.TICKS_PER_SAMPLE;
    private static final int HEAD_PAGES = 2;

    private final int serial;
    private final int preSkip;
    private final int packetsPerPage;
    private OggPage page = new OggPage();
    private int pages;
    private long ticks;

    /**
     * Creates a writer of one stream.
     *
     * @param serial any number; distinguishes this stream from others that are joined to it
     * @param preSkip length of the sound that the decoder drops at the start, in samples at 48 kHz
     * @param packetsPerPage number of packets of one page: 10 for live sound, 50 to save some bytes
     */
    public OggOpusWriter(int serial, int preSkip, int packetsPerPage) {
        if (preSkip < 0 || preSkip > 0xFFFF) {
            throw new IllegalArgumentException("preSkip must be 0 to 65535, was " + preSkip);
        }
        if (packetsPerPage < 1 || packetsPerPage > 50) {
            throw new IllegalArgumentException("packetsPerPage must be 1 to 50, was " + packetsPerPage);
        }
        this.serial = serial;
        this.preSkip = preSkip;
        this.packetsPerPage = packetsPerPage;
    }

    /** Returns the two pages before all sound. Must be called once, first. */
    public byte[] head() {
        if (pages > 0) {
            throw new IllegalStateException("the head has been written");
        }
        var head = new ByteArrayOutputStream();
        page.add(identification());
        head.writeBytes(written(OggPage.FIRST, 0));
        page.add(tags());
        head.writeBytes(written(0, 0));
        return head.toByteArray();
    }

    /** Takes a packet that is not the last, and returns the page that is full now, if one is. */
    public Optional<byte[]> add(byte[] packet) {
        Optional<byte[]> without = put(packet);
        boolean full = page.packets() == (pages == HEAD_PAGES ? 1 : packetsPerPage);
        return full ? Optional.of(written(0, ticks)) : without;
    }

    /** Returns the page that is not full yet, if it has packets. To be called when no more packets come for a while. */
    public Optional<byte[]> flush() {
        return page.packets() == 0 ? Optional.empty() : Optional.of(written(0, ticks));
    }

    /** Ends a stream behind a packet that was not known to be the last, and returns the remaining page. */
    public byte[] finish() {
        requireHead();
        return written(OggPage.LAST, ticks);
    }

    /**
     * Takes the last packet, and returns the remaining pages. The last page tells where the sound ends, so that a decoder drops
     * the silence that only fills the packet.
     *
     * @param samples length of the whole sound, at 24 kHz; must end within this packet
     */
    byte[] end(byte[] packet, long samples) {
        var rest = new ByteArrayOutputStream();
        put(packet).ifPresent(rest::writeBytes);
        long end = preSkip + samples * OpusEncoder.TICKS_PER_SAMPLE;
        if (samples < 0 || end > ticks || end <= ticks - TICKS_PER_PACKET) {
            throw new IllegalArgumentException(samples + " samples do not end in the last packet");
        }
        rest.writeBytes(written(OggPage.LAST, end));
        return rest.toByteArray();
    }

    /** Puts a packet into the page, and returns the page before, if that had no room for it. */
    private Optional<byte[]> put(byte[] packet) {
        requireHead();
        Optional<byte[]> without = page.hasRoomFor(packet) ? Optional.empty() : Optional.of(written(0, ticks));
        page.add(packet);
        ticks += TICKS_PER_PACKET;
        return without;
    }

    private void requireHead() {
        if (pages < HEAD_PAGES) {
            throw new IllegalStateException("the head must be written first");
        }
    }

    private byte[] written(int flags, long granule) {
        byte[] bytes = page.bytes(flags, granule, serial, pages);
        pages++;
        page = new OggPage();
        return bytes;
    }

    /**
     * Returns the identification header (RFC 7845, section 5.1): version 1, one channel, the rate of the input, no gain, mapping
     * 0.
     */
    private byte[] identification() {
        return ByteBuffer.allocate(19)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("OpusHead"))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) preSkip)
                .putInt(PcmFormat.SPEECH.sampleRateHz())
                .putShort((short) 0)
                .put((byte) 0)
                .array();
    }

    /** Returns the comment header (RFC 7845, section 5.2): the name of the writer, and no comments. */
    private static byte[] tags() {
        byte[] vendor = ascii("Stentor");
        return ByteBuffer.allocate(16 + vendor.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("OpusTags"))
                .putInt(vendor.length)
                .put(vendor)
                .putInt(0)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
