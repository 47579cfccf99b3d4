package dev.stentor.audio;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first frame of an MP3 file.
 *
 * @param left bytes of the file, counted from this frame on
 * @param indexedFrames how many frames the file has, if its index says so; 0 if not
 */
record Mp3Frame(int sampleRateHz, int channels, int samples, int kilobitsPerSecond, long left, long indexedFrames) {

    private static final int HEAD_BYTES = 4;
    private static final int TAG_HEAD_BYTES = 10;
    private static final int LAYER_3 = 1;
    private static final int VERSION_1 = 3;
    private static final int VERSION_2 = 2;
    private static final int MONO = 3;
    private static final int[] RATES_HZ = {44_100, 48_000, 32_000};
    private static final int[] KILOBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
    private static final int[] KILOBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
    /** Largest number of bytes between a file's tag and its first frame. */
    private static final int LONGEST_SEARCH = 4_096;

    /** Tells whether the bytes begin like a frame of layer 3. */
    static boolean isSync(byte[] head) {
        return head.length >= HEAD_BYTES && parse(head, 0).isPresent();
    }

    /** Searches from the first byte of the file on. Returns empty if there is no frame where one should be. */
    static Optional<Mp3Frame> find(FileHead file) throws IOException {
        byte[] head = file.bytes(HEAD_BYTES);
        if (head[0] == 'I' && head[1] == 'D' && head[2] == '3') {
            byte[] rest = file.bytes(TAG_HEAD_BYTES - HEAD_BYTES);
            long size = 0;
            for (int n = 2; n < 6; n++) {
                size = size << 7 | (rest[n] & 0x7F);
            }
            file.skip(size);
            head = file.bytes(HEAD_BYTES);
        }
        for (int searched = 0; searched < LONGEST_SEARCH; searched++) {
            Optional<Mp3Frame> frame = parse(head, file.left() + HEAD_BYTES);
            if (frame.isPresent()) {
                return Optional.of(frame.get().indexed(file));
            }
            head = Arrays.copyOfRange(head, 1, HEAD_BYTES + 1);
            head[HEAD_BYTES - 1] = (byte) file.unsignedByte();
        }
        return Optional.empty();
    }

    RecordedSound sound() {
        long millis = indexedFrames > 0 ? indexedFrames * samples * 1_000 / sampleRateHz : left * 8 / kilobitsPerSecond;
        return new RecordedSound(RecordedSound.Container.MP3, sampleRateHz, channels, 0, Duration.ofMillis(millis));
    }

    private static Optional<Mp3Frame> parse(byte[] head, long left) {
        int version = head[1] >> 3 & 3;
        int kilobits = (version == VERSION_1 ? KILOBITS_1 : KILOBITS_2)[head[2] >> 4 & 15];
        int rate = head[2] >> 2 & 3;
        boolean frame = (head[0] & 0xFF) == 0xFF
                && (head[1] & 0xE0) == 0xE0
                && version != 1
                && (head[1] >> 1 & 3) == LAYER_3
                && kilobits > 0
                && rate < RATES_HZ.length;
        if (!frame) {
            return Optional.empty();
        }
        int divisor = version == VERSION_1 ? 1 : version == VERSION_2 ? 2 : 4;
        return Optional.of(new Mp3Frame(
                RATES_HZ[rate] / divisor,
                (head[3] >> 6 & 3) == MONO ? 1 : 2,
                version == VERSION_1 ? 1_152 : 576,
                kilobits,
                left,
                0));
    }

    /**
     * Reads the number of frames, if the frame holds an index in place of sound, as the first one of a file with a varying bit
     * rate does.
     */
    private Mp3Frame indexed(FileHead file) throws IOException {
        int side = samples == 1_152 ? (channels == 1 ? 17 : 32) : (channels == 1 ? 9 : 17);
        if (file.left() < side + 12) {
            return this;
        }
        file.skip(side);
        String name = file.name();
        boolean counted = (name.equals("Xing") || name.equals("Info")) && (file.bigEndian(4) & 1) == 1;
        return counted
                ? new Mp3Frame(sampleRateHz, channels, samples, kilobitsPerSecond, left, file.bigEndian(4))
                : this;
    }
}
