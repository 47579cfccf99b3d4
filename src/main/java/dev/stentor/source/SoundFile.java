package dev.stentor.source;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.SoundReader;
import dev.stentor.audio.SpeechTime;
import dev.stentor.audio.UnreadableSound;
import dev.stentor.audio.WavReader;
import dev.stentor.source.SourceException.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** A reader of a whole sound file into memory, up to the longest duration that is allowed. Confined to one thread. */
final class SoundFile {

    private static final int PART_BYTES = 65_536;

    private final Duration maxLength;
    private float[] samples = new float[PART_BYTES];
    private int count;

    /**
     * The content of a file.
     *
     * @param samples 24 kHz mono
     */
    @SuppressWarnings("ArrayRecordComponent") // the array belongs to the receiver; records are never compared
    record Content(float[] samples, SoundReader.Faults faults) {}

    private SoundFile(Duration maxLength) {
        this.maxLength = maxLength;
    }

    /**
     * Reads a file, and blocks meanwhile. Fails with {@link UnreadableSound}, or with {@link SourceException} if the sound is too
     * long.
     */
    static Content read(Path path, Duration maxLength, ResamplerPreset preset) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return new SoundFile(maxLength).read(file, preset);
        }
    }

    private Content read(FileChannel file, ResamplerPreset preset) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(PART_BYTES);
        int headBytes = Math.max(0, file.read(part.limit(SoundFormat.HEAD_BYTES), 0));
        byte[] head = Arrays.copyOf(part.array(), headBytes);
        SoundReader reader =
                SoundFormat.isWav(head) ? WavReader.ofFile(file, preset) : SoundFormat.reader(head, preset);
        file.position(0);
        while (file.read(part.clear()) >= 0) {
            add(reader.read(part.flip()));
        }
        add(reader.finish());
        if (count == 0) {
            throw new UnreadableSound("EmptySound", "There is no sound in the file.");
        }
        return new Content(Arrays.copyOf(samples, count), reader.faults());
    }

    private void add(float[] next) {
        if ((long) count + next.length > SpeechTime.samples(maxLength)) {
            throw new SourceException(
                    Refusal.TOO_MUCH, "A sound may last " + maxLength.toSeconds() + " s; this one is longer.");
        }
        if (samples.length < count + next.length) {
            samples = Arrays.copyOf(samples, (count + next.length) / 2 * 3);
        }
        System.arraycopy(next, 0, samples, count, next.length);
        count += next.length;
    }
}
