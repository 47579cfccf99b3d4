package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.broadcast.Mp3Sound;
import dev.stentor.codec.Mp3BitRate;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A writer of shared frames into one listener's stream with titles between the frames, in the form of SHOUTcast and Icecast (ICY): after
 * each interval there is a byte with the length of a title, in units of 16 bytes, and the title. Confined to one listener.
 */
final class IcyStream {

    /** Length of an interval: 480 ms. A player that takes titles for sound only loses those frames. */
    private static final int INTERVAL_FRAMES = 20;

    private static final int UNIT_BYTES = 16;
    private static final int MOST_UNITS = 0xFF;
    private static final String BEFORE = "StreamTitle='";
    private static final String BEHIND = "';";
    private static final int MOST_TEXT_BYTES = MOST_UNITS * UNIT_BYTES - BEFORE.length() - BEHIND.length();

    private final int intervalBytes;
    private int left;
    private String told = "";

    /** Creates a writer of a stream with this bit rate, whose first title comes after the first interval. */
    IcyStream(Mp3BitRate rate) {
        intervalBytes = intervalBytes(rate);
        left = intervalBytes;
    }

    /** Returns the length of an interval in bytes: whole frames. */
    static int intervalBytes(Mp3BitRate rate) {
        return INTERVAL_FRAMES * rate.frameBytes();
    }

    /** Returns the frames of a sound with the titles that come between them. */
    byte[] withTitles(Mp3Sound sound) {
        var bytes = new ByteArrayOutputStream();
        ByteBuffer frames = sound.frames().duplicate();
        while (frames.hasRemaining()) {
            byte[] part = new byte[Math.min(left, frames.remaining())];
            frames.get(part);
            bytes.writeBytes(part);
            left -= part.length;
            if (left == 0) {
                bytes.writeBytes(block(sound.title()));
                left = intervalBytes;
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the block of a title; the empty one if the client was told the same before. */
    private byte[] block(String title) {
        if (title.equals(told)) {
            return new byte[1];
        }
        told = title;
        byte[] text = (BEFORE + fitting(title) + BEHIND).getBytes(UTF_8);
        int units = (text.length + UNIT_BYTES - 1) / UNIT_BYTES;
        byte[] block = new byte[1 + units * UNIT_BYTES];
        block[0] = (byte) units;
        System.arraycopy(text, 0, block, 1, text.length);
        return block;
    }

    /** Returns a title on one line, without the sign that would end it, and as much of it as fits. */
    private static String fitting(String title) {
        String line =
                title.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip().replace('\'', '’');
        byte[] bytes = line.getBytes(UTF_8);
        if (bytes.length <= MOST_TEXT_BYTES) {
            return line;
        }
        int end = MOST_TEXT_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) { // within a character
            end--;
        }
        return new String(Arrays.copyOf(bytes, end), UTF_8);
    }
}
