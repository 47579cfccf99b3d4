package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the 44 bytes before the samples of a WAV file of {@link PcmFormat#SPEECH}. */
public final class WavHeader {

    /** Length of the header. */
    public static final int BYTES = 44;

    private static final long UNKNOWN = 0xFFFF_FFFFL;
    private static final int BYTES_AFTER_RIFF_SIZE = BYTES - 8;
    private static final int FORMAT_CHUNK_BYTES = 16;
    private static final short LINEAR_PCM = 1;

    private WavHeader() {}

    /**
     * Returns the header of a stream whose length is not known: both sizes are 0xFFFFFFFF, which players take as "until it ends".
     * The buffer is new and read-only.
     */
    public static ByteBuffer ofUnknownLength() {
        return header(UNKNOWN, UNKNOWN);
    }

    /**
     * Returns the header of a file of known length. The buffer is new and read-only. The format cannot tell a length past 4 GiB,
     * a day of speech: the header is then that of an unknown length.
     *
     * @param samples number of samples that follow
     */
    public static ByteBuffer ofSamples(long samples) {
        if (samples < 0) {
            throw new IllegalArgumentException("samples must not be negative, was " + samples);
        }
        if (samples > (UNKNOWN - BYTES_AFTER_RIFF_SIZE) / PcmFormat.SPEECH.bytesPerFrame()) {
            return ofUnknownLength();
        }
        long dataBytes = samples * PcmFormat.SPEECH.bytesPerFrame();
        return header(dataBytes + BYTES_AFTER_RIFF_SIZE, dataBytes);
    }

    private static ByteBuffer header(long riffBytes, long dataBytes) {
        PcmFormat format = PcmFormat.SPEECH;
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt((int) riffBytes)
                .put(ascii("WAVE"))
                .put(ascii("fmt "))
                .putInt(FORMAT_CHUNK_BYTES)
                .putShort(LINEAR_PCM)
                .putShort((short) format.channels())
                .putInt(format.sampleRateHz())
                .putInt(format.bytesPerSecond())
                .putShort((short) format.bytesPerFrame())
                .putShort((short) format.bitsPerSample())
                .put(ascii("data"))
                .putInt((int) dataBytes)
                .flip()
                .asReadOnlyBuffer();
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
