package dev.stentor.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * The first frame of a stream, in LAME's form: it has no sound, and says how many samples a decoder must drop at the beginning and at the end.
 * Decoders that do not know it play 24 ms of silence.
 */
final class Mp3InfoFrame {

    /** The header's first bytes: MPEG-2, layer III, without a checksum. */
    private static final int SYNC = 0xFFF3;

    /** The sampling rate's number: 24 kHz. */
    private static final int RATE = 0b01 << 2;

    /** The mode's number: one channel. */
    private static final int MONO = 0b11 << 6;

    /** The length of the side information of a frame with one channel. */
    private static final int SIDE_INFO_BYTES = 9;

    private static final int KNOWS_FRAMES = 1;
    private static final int KNOWS_BYTES = 2;
    private static final int CONSTANT_RATE = 1;
    private static final int SKIPPED_GAINS = 4 + 2 + 2;
    private static final int CRC_POLYNOMIAL = 0xA001;

    private Mp3InfoFrame() {}

    /** Returns the frame of a stream whose length is not known. */
    static byte[] of(Mp3BitRate rate, int delaySamples) {
        return of(rate, delaySamples, new byte[Integer.BYTES], 0); // neither the number of frames nor of bytes is known
    }

    /**
     * Returns the frame of a stream whose length is known.
     *
     * @param frames number of frames behind this one
     * @param paddingSamples samples of silence behind the sound
     */
    static byte[] of(Mp3BitRate rate, int delaySamples, long frames, int paddingSamples) {
        byte[] length = new byte[3 * Integer.BYTES];
        ByteBuffer.wrap(length)
                .putInt(KNOWS_FRAMES | KNOWS_BYTES)
                .putInt((int) frames)
                .putInt((int) ((frames + 1) * rate.frameBytes()));
        return of(rate, delaySamples, length, paddingSamples);
    }

    private static byte[] of(Mp3BitRate rate, int delaySamples, byte[] length, int paddingSamples) {
        ByteBuffer frame = ByteBuffer.allocate(rate.frameBytes());
        frame.putShort((short) SYNC).put((byte) (rate.number() << 4 | RATE)).put((byte) MONO);
        frame.put(new byte[SIDE_INFO_BYTES]);
        frame.put("Info".getBytes(US_ASCII)).put(length);
        frame.put("LAME3.98r".getBytes(US_ASCII)).put((byte) CONSTANT_RATE);
        frame.put((byte) 0); // low pass: unknown
        frame.put(new byte[SKIPPED_GAINS]).put((byte) 0); // flags
        frame.put((byte) rate.kilobitsPerSecond());
        int pads = delaySamples << 12 | paddingSamples; // 12 bits each
        frame.put((byte) (pads >> 16)).put((byte) (pads >> 8)).put((byte) pads);
        frame.put(new byte[1 + 1 + 2 + 4 + 2]); // source, gain, preset, length, checksum of the sound: unknown
        frame.putShort((short) crc(frame.array(), frame.position()));
        return frame.array();
    }

    /** Returns the CRC-16 of the first bytes, as LAME counts it. */
    private static int crc(byte[] bytes, int count) {
        int crc = 0;
        for (int i = 0; i < count; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC_POLYNOMIAL;
            }
        }
        return crc;
    }
}
