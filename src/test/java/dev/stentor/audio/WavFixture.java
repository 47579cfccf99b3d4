package dev.stentor.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A writer of WAV files, valid and invalid ones. */
final class WavFixture {

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private String form = "RIFF";

    /** Returns samples of any coding, as {@link SampleCoding} reads them; 1 is full scale. */
    static byte[] samples(SampleCoding coding, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * coding.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (coding) {
                case UNSIGNED_8 -> bytes.put((byte) (128 + Math.clamp(Math.round(value * 128), -128, 127)));
                case SIGNED_16 -> bytes.putShort((short) Math.clamp(Math.round(value * 32_768), -32_768, 32_767));
                case SIGNED_24 -> {
                    int sample = Math.clamp(Math.round(value * 8_388_608), -8_388_608, 8_388_607);
                    bytes.putShort((short) sample).put((byte) (sample >> 16));
                }
                case SIGNED_32 ->
                    bytes.putInt((int) Math.clamp(value * 2_147_483_648.0, -2_147_483_648.0, 2_147_483_647.0));
                case FLOAT_32 -> bytes.putFloat((float) value);
                case FLOAT_64 -> bytes.putDouble(value);
            }
        }
        return bytes.array();
    }

    WavFixture form(String name) {
        form = name;
        return this;
    }

    WavFixture format(int rateHz, int channels, SampleCoding coding) {
        return format(tag(coding), rateHz, channels, 8 * coding.bytes());
    }

    WavFixture format(int tag, int rateHz, int channels, int bits) {
        return chunk("fmt ", plain(tag, rateHz, channels, bits));
    }

    WavFixture extended(int rateHz, int channels, SampleCoding coding) {
        ByteBuffer chunk = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(plain(0xFFFE, rateHz, channels, 8 * coding.bytes())).putShort((short) 22);
        chunk.putShort((short) (8 * coding.bytes())).putInt(4).putShort((short) tag(coding));
        return chunk("fmt ", chunk.array());
    }

    WavFixture chunk(String name, byte[] body) {
        return chunk(name, body.length, body);
    }

    /** Adds a chunk with a size that need not be true. */
    WavFixture chunk(String name, long size, byte[] body) {
        chunks.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        chunks.writeBytes(word((int) size));
        chunks.writeBytes(body);
        if (size % 2 == 1 && size == body.length) {
            chunks.write(0);
        }
        return this;
    }

    byte[] bytes() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(form.getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(word(4 + chunks.size()));
        file.writeBytes("WAVE".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(chunks.toByteArray());
        return file.toByteArray();
    }

    private static byte[] plain(int tag, int rateHz, int channels, int bits) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) tag)
                .putShort((short) channels)
                .putInt(rateHz)
                .putInt(rateHz * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits)
                .array();
    }

    private static int tag(SampleCoding coding) {
        return coding == SampleCoding.FLOAT_32 || coding == SampleCoding.FLOAT_64 ? 3 : 1;
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
