package dev.stentor.codec;

import dev.stentor.audio.PcmFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lays Opus packets of 20 ms into an Ogg stream (RFC 7845). Pages are whole: each may go out as soon as it is given. The first
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
     * A stream without pages.
     *
     * @param serial tells this stream from others that are joined to it; any number
     * @param preSkip what the decoder drops at the start, in samples at 48 kHz
     * @param packetsPerPage how many packets share a page: 10 for what is heard live, 50 to save some bytes
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

    /** The two pages before all sound; once, first. */
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

    /** Takes a packet that is not the last; gives the page that is full now, if one is. */
    public Optional<byte[]> add(byte[] packet) {
        Optional<byte[]> without = put(packet);
        boolean full = page.packets() == (pages == HEAD_PAGES ? 1 : packetsPerPage);
        return full ? Optional.of(written(0, ticks)) : without;
    }

    /** The page that is not full yet, if packets wait in it: where no more come for a while. */
    public Optional<byte[]> flush() {
        return page.packets() == 0 ? Optional.empty() : Optional.of(written(0, ticks));
    }

    /** Ends a stream of which nobody knew that it would end; gives what remains. */
    public byte[] finish() {
        requireHead();
        return written(OggPage.LAST, ticks);
    }

    /**
     * Takes the last packet; gives what remains. The last page says where the sound ends, so that a decoder drops what was only
     * added to fill the packet.
     *
     * @param samples of the whole sound, at 24 kHz; must end within this packet
     */
    public byte[] end(byte[] packet, long samples) {
        var rest = new ByteArrayOutputStream();
        put(packet).ifPresent(rest::writeBytes);
        long end = preSkip + samples * OpusEncoder.TICKS_PER_SAMPLE;
        if (samples < 0 || end > ticks || end <= ticks - TICKS_PER_PACKET) {
            throw new IllegalArgumentException(samples + " samples do not end in the last packet");
        }
        rest.writeBytes(written(OggPage.LAST, end));
        return rest.toByteArray();
    }

    /** Gives the page that had to go out to make room. */
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

    /** RFC 7845, section 5.1: version 1, one channel, the rate of what went in, no gain, channels in the plain order. */
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

    /** RFC 7845, section 5.2: who wrote it, and no comments. */
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
