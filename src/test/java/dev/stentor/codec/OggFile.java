package dev.stentor.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** An Ogg stream that was read strictly by RFC 3533 and 7845, and can be decoded. */
public record OggFile(List<Page> pages) {

    /**
     * A page.
     *
     * @param packets whole ones, as nothing here goes on from page to page
     */
    public record Page(int flags, long granule, int serial, int sequence, List<byte[]> packets) {}

    public static OggFile read(byte[] file) {
        List<Page> pages = new ArrayList<>();
        for (ByteBuffer left = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN); left.hasRemaining(); ) {
            pages.add(page(file, left));
        }
        return new OggFile(List.copyOf(pages));
    }

    public List<Page> soundPages() {
        return pages.subList(2, pages.size());
    }

    public List<byte[]> packets() {
        return soundPages().stream().flatMap(page -> page.packets().stream()).toList();
    }

    public int preSkip() {
        return ByteBuffer.wrap(pages.getFirst().packets().getFirst())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getShort(10);
    }

    /** Returns the sound as a player plays it: the start is skipped, the end trimmed. */
    public short[] decoded() throws OpusException {
        var decoder = new OpusDecoder(24_000, 1);
        var sound = new ByteArrayOutputStream();
        byte[] frame = new byte[960];
        for (byte[] packet : packets()) {
            assertThat(decoder.decode(packet, 0, packet.length, frame, 0, 480, false))
                    .isEqualTo(480);
            sound.writeBytes(frame);
        }
        int from = preSkip() / 2;
        int to = Math.toIntExact(pages.getLast().granule() / 2);
        short[] samples = new short[to - from];
        ByteBuffer.wrap(sound.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(from, samples);
        return samples;
    }

    private static Page page(byte[] whole, ByteBuffer file) {
        int start = file.position();
        assertThat(text(file, 4)).isEqualTo("OggS");
        assertThat(file.get()).as("version").isZero();
        int flags = file.get();
        long granule = file.getLong();
        int serial = file.getInt();
        int sequence = file.getInt();
        int checksum = file.getInt();
        int[] segments = new int[Byte.toUnsignedInt(file.get())];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = Byte.toUnsignedInt(file.get());
        }
        List<byte[]> packets = new ArrayList<>();
        var packet = new ByteArrayOutputStream();
        for (int segment : segments) {
            byte[] bytes = new byte[segment];
            file.get(bytes);
            packet.writeBytes(bytes);
            if (segment < 255) {
                packets.add(packet.toByteArray());
                packet.reset();
            }
        }
        assertThat(packet.size()).as("a packet that goes on").isZero();
        assertThat(checksum).as("checksum").isEqualTo(checksum(whole, start, file.position()));
        return new Page(flags, granule, serial, sequence, List.copyOf(packets));
    }

    static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, US_ASCII);
    }

    /** Computes the checksum of a page by long division, bit by bit; its own field counts as zero. */
    private static int checksum(byte[] file, int from, int to) {
        int rest = 0;
        for (int at = from; at < to; at++) {
            int next = at >= from + 22 && at < from + 26 ? 0 : file[at];
            for (int bit = 7; bit >= 0; bit--) {
                boolean high = (rest < 0) != ((next >> bit & 1) == 1);
                rest = rest << 1 ^ (high ? 0x04C11DB7 : 0);
            }
        }
        return rest;
    }
}
