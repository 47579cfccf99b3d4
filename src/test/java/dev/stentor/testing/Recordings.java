package dev.stentor.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Generators of sound files in the formats that people upload. */
public final class Recordings {

    private Recordings() {}

    /** Returns a WAV file whose header is correct. */
    public static byte[] wav(int rateHz, int channels, int bits, double seconds) {
        int samples = (int) (rateHz * seconds);
        int dataBytes = samples * channels * bits / 8;
        return wav(1, rateHz, channels, bits, dataBytes, dataBytes);
    }

    /** Returns a WAV file that claims {@code told} bytes of sound and has {@code real}; another chunk precedes them. */
    public static byte[] wav(int format, int rateHz, int channels, int bits, int told, int real) {
        ByteBuffer file = ByteBuffer.allocate(56 + real)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(told + 48)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) format)
                .putShort((short) channels)
                .putInt(rateHz)
                .putInt(rateHz * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits)
                .put(ascii("LIST"))
                .putInt(3)
                .put(new byte[] {'a', 'b', 'c', 0})
                .put(ascii("data"))
                .putInt(told);
        return file.array();
    }

    /** Returns an MP3 file with a tag and a constant bit rate: 64 kbit/s, MPEG-2, mono; index 0 to 2 is 22.05, 24, 16 kHz. */
    public static byte[] mp3(int rateIndex, double seconds) {
        byte[] file = new byte[10 + 20 + (int) (8_000 * seconds)];
        System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 20}, 0, file, 0, 10);
        System.arraycopy(frame(rateIndex), 0, file, 30, 4);
        return file;
    }

    /** Returns an MP3 file without a tag, whose first frame tells the number of frames: each is 576 samples of 24 kHz. */
    public static byte[] indexedMp3(int frames) {
        return ByteBuffer.allocate(1_000)
                .put(frame(1))
                .put(new byte[9])
                .put(ascii("Xing"))
                .putInt(1)
                .putInt(frames)
                .array();
    }

    /** Returns an M4A file with its description after the sound. */
    public static byte[] m4a(int unitsPerSecond, int units) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(box("ftyp", ascii("M4A \0\0\0\0")));
        file.writeBytes(box("mdat", new byte[5_000]));
        byte[] header = ByteBuffer.allocate(100)
                .position(12)
                .putInt(unitsPerSecond)
                .putInt(units)
                .array();
        file.writeBytes(box("moov", box("mvhd", header)));
        return file.toByteArray();
    }

    private static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(ascii(name))
                .put(content)
                .array();
    }

    private static byte[] frame(int rateIndex) {
        return new byte[] {(byte) 0xFF, (byte) 0xF3, (byte) (8 << 4 | rateIndex << 2), (byte) 0xC0};
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
