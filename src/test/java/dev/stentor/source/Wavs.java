package dev.stentor.source;

import dev.stentor.audio.WavHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** WAV files of 24 kHz, for a test's folder or its server. */
final class Wavs {

    private Wavs() {}

    /** Returns a file whose samples count upwards from 1, in steps of 16-bit sound. */
    static byte[] counting(int samples) {
        return file(WavHeader.ofSamples(samples), samples);
    }

    /** Returns the same sound with a header that leaves the length open. */
    static byte[] endless(int samples) {
        return file(WavHeader.ofUnknownLength(), samples);
    }

    private static byte[] file(ByteBuffer header, int samples) {
        var file = new ByteArrayOutputStream();
        byte[] head = new byte[header.remaining()];
        header.get(head);
        file.writeBytes(head);
        ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            pcm.putShort((short) (1 + i % 30_000));
        }
        file.writeBytes(pcm.array());
        return file.toByteArray();
    }
}
