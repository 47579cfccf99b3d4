package dev.stentor.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a WAV file or stream: PCM of 8, 16, 24 or 32 bits, floating point of 32 or 64, the extended form, RF64; one or two
 * channels, the rates of a {@link Resampler}.
 *
 * <p>Chunks may come in any order; all but two are skipped. Sizes are trusted as far as they can be true: sound that is
 * open-ended (0 or 0xFFFFFFFF) or cut short goes to the end of the bytes; bytes behind its end are ignored. Confined to one
 * stream.
 */
public final class WavReader implements SoundReader {

    private static final float[] NOTHING = {};
    private static final int HEAD_BYTES = 12;
    private static final int CHUNK_HEAD_BYTES = 8;
    /** Largest size of all other chunks before the sound, pictures among them: a stream that sends more is no sound. */
    private static final long MOST_SKIPPED_BYTES = 16 * 1_024 * 1_024;
    /** Smallest size that means "not known": servers that stream write the largest number, or that rounded down. */
    private static final long OPEN_ENDED_BYTES = 0x7FFF_F000L;

    private static final int RIFF = 0x52494646;
    private static final int RF64 = 0x52463634;
    private static final int WAVE = 0x57415645;
    private static final int FORMAT = 0x666d7420;
    private static final int DATA = 0x64617461;

    private enum Place {
        HEAD,
        CHUNK_HEAD,
        FORMAT,
        OTHER,
        SOUND,
        BEHIND
    }

    private final ResamplerPreset preset;
    private final ByteBuffer held = ByteBuffer.allocate(WavFormat.MOST_BYTES).limit(HEAD_BYTES);
    private Place place = Place.HEAD;
    /** Bytes of the chunk that are still to come, padding included; {@link Long#MAX_VALUE} for open-ended sound. */
    private long left;

    private long skipped;
    private @Nullable WavFormat format;
    private @Nullable SampleReader samples;
    private boolean truncated;

    /** Creates a reader for one sound. */
    public WavReader(ResamplerPreset preset) {
        this.preset = preset;
    }

    /**
     * Creates a reader for a whole file, in which the format chunk may stand behind the sound. Blocks as the file does.
     *
     * @param file read from its first byte on; its position is 0 afterwards
     */
    public static WavReader ofFile(SeekableByteChannel file, ResamplerPreset preset) throws IOException {
        var reader = new WavReader(preset);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_HEAD_BYTES + WavFormat.MOST_BYTES);
        for (long at = HEAD_BYTES; at + CHUNK_HEAD_BYTES < file.size(); ) {
            file.position(at);
            for (chunk.clear(); chunk.hasRemaining() && file.read(chunk) > 0; ) {}
            chunk.flip();
            int name = chunk.order(ByteOrder.BIG_ENDIAN).getInt();
            long size =
                    Integer.toUnsignedLong(chunk.order(ByteOrder.LITTLE_ENDIAN).getInt());
            if (name == FORMAT) {
                reader.format = WavFormat.of(chunk.slice(CHUNK_HEAD_BYTES, (int) Math.min(size, chunk.remaining()))
                        .order(ByteOrder.LITTLE_ENDIAN));
                break;
            }
            at += CHUNK_HEAD_BYTES + size + size % 2;
        }
        file.position(0);
        return reader;
    }

    @Override
    public float[] read(ByteBuffer bytes) {
        ByteBuffer rest = bytes.slice();
        while (rest.hasRemaining() && place != Place.BEHIND) {
            if (place == Place.SOUND) {
                return sound(rest);
            }
            step(rest);
        }
        return NOTHING;
    }

    @Override
    public float[] finish() {
        if (samples == null) {
            throw new UnreadableSound("BrokenWav", "The WAV file ends before its sound begins.");
        }
        truncated = place == Place.SOUND && left > 0 && left != Long.MAX_VALUE;
        return samples.finish();
    }

    @Override
    public Faults faults() {
        return samples == null ? Faults.NONE : new Faults(samples.silenced(), samples.clamped(), truncated);
    }

    private float[] sound(ByteBuffer rest) {
        SampleReader reader = samples == null ? begun() : samples;
        int count = (int) Math.min(rest.remaining(), left);
        left -= left == Long.MAX_VALUE ? 0 : count;
        if (left == 0) {
            place = Place.BEHIND;
        }
        return reader.read(rest.slice(rest.position(), count));
    }

    private SampleReader begun() {
        if (format == null) {
            throw new UnreadableSound("BrokenWav", "The WAV file does not say what its samples are before they begin.");
        }
        SampleReader begun = new SampleReader(format, preset);
        samples = begun;
        return begun;
    }

    private void step(ByteBuffer rest) {
        switch (place) {
            case HEAD -> {
                if (filled(rest)) {
                    checkHead();
                    expect(Place.CHUNK_HEAD, CHUNK_HEAD_BYTES);
                }
            }
            case CHUNK_HEAD -> {
                if (filled(rest)) {
                    openChunk();
                }
            }
            case FORMAT -> {
                if (filled(rest)) {
                    left -= held.position();
                    format = WavFormat.of(held.flip().order(ByteOrder.LITTLE_ENDIAN));
                    place = Place.OTHER;
                    skip(rest);
                }
            }
            case OTHER -> skip(rest);
            case SOUND, BEHIND -> throw new IllegalStateException(place.name());
        }
    }

    private void checkHead() {
        int form = held.order(ByteOrder.BIG_ENDIAN).getInt(0);
        if ((form != RIFF && form != RF64) || held.getInt(8) != WAVE) {
            throw new UnreadableSound("NotWav", "The sound is not a WAV file.");
        }
    }

    private void openChunk() {
        int name = held.order(ByteOrder.BIG_ENDIAN).getInt(0);
        long size = Integer.toUnsignedLong(held.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        if (name == DATA) {
            place = Place.SOUND;
            left = size == 0 || size >= OPEN_ENDED_BYTES ? Long.MAX_VALUE : size;
            var _ = begun();
            return;
        }
        left = size + size % 2; // a chunk of odd size is followed by one byte of padding
        if (name == FORMAT && size > 0) {
            expect(Place.FORMAT, (int) Math.min(size, WavFormat.MOST_BYTES));
        } else {
            place = Place.OTHER;
            skip(ByteBuffer.allocate(0));
        }
    }

    private void skip(ByteBuffer rest) {
        int count = (int) Math.min(rest.remaining(), left);
        rest.position(rest.position() + count);
        left -= count;
        skipped += count;
        if (skipped > MOST_SKIPPED_BYTES) {
            throw new UnreadableSound("BrokenWav", "The WAV file has no sound in its first 16 MB.");
        }
        if (left == 0) {
            expect(Place.CHUNK_HEAD, CHUNK_HEAD_BYTES);
        }
    }

    private void expect(Place next, int bytes) {
        place = next;
        held.clear().limit(bytes);
    }

    private boolean filled(ByteBuffer rest) {
        while (held.hasRemaining() && rest.hasRemaining()) {
            held.put(rest.get());
        }
        return !held.hasRemaining();
    }
}
