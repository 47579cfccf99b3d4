package dev.stentor.codec;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SoundReader;
import dev.stentor.audio.SpeechTime;
import dev.stentor.audio.UnreadableSound;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader of an Ogg-Opus file or stream (RFC 7845) of one or two channels, and of stations that send one such file after
 * another. A packet that cannot be decoded gives silence of its length, or no sound. Decodes on the caller's thread. Confined to one stream.
 */
public final class OggOpusReader implements SoundReader {

    private static final float[] NOTHING = {};
    private static final int LONGEST_PACKET_SAMPLES = 120 * SpeechTime.SAMPLES_PER_MILLI;
    /** Largest packet that is kept. Packets of sound are far shorter; comments may hold a picture, which is dropped. */
    private static final int LARGEST_PACKET_BYTES = 65_536;

    private static final int HEAD_BYTES = 19;
    private static final float FULL_SCALE = 32_768;

    private final OggPageReader pages = new OggPageReader();
    private final short[] decoded = new short[LONGEST_PACKET_SAMPLES];
    private float[] out = new float[LONGEST_PACKET_SAMPLES];
    private int count;
    /** The decoder; null before the first head. */
    private @Nullable OpusDecoder decoder;

    private int serial;
    /** Start of a packet that continues on the next page; null if it is too large to be sound, or its start was missed. */
    private byte @Nullable [] begun;

    private boolean commentsPassed;
    private float gain = 1;
    /** Number of samples that are still to be dropped before the sound begins. */
    private int toSkip;
    /** Number of samples that were decoded since the head. */
    private long total;
    /** Position at which the first page of sound began, by the stream's own count; -1 before that page. */
    private long origin = -1;

    private long silenced;
    private boolean ended;

    @Override
    public float[] read(ByteBuffer bytes) {
        ByteBuffer rest = bytes.slice();
        count = 0;
        for (Optional<OggPageReader.Page> page = pages.next(rest); page.isPresent(); page = pages.next(rest)) {
            take(page.get());
        }
        return Arrays.copyOf(out, count);
    }

    @Override
    public float[] finish() {
        if (decoder == null) {
            throw new UnreadableSound("BrokenOgg", "The Ogg file ends before its sound begins.");
        }
        return NOTHING;
    }

    @Override
    public Faults faults() {
        return new Faults(silenced, 0, decoder != null && !ended);
    }

    private void take(OggPageReader.Page page) {
        if (page.isFirst()) {
            if (page.pieces().isEmpty() || !isHead(page.pieces().getFirst())) {
                if (decoder == null) {
                    throw new UnreadableSound("NotOpus", "Of the sounds that Ogg can hold only Opus is taken.");
                }
                return;
            }
            begin(page.serial(), page.pieces().getFirst());
        } else if (decoder != null && page.serial() == serial) {
            sound(page, decoder);
        }
    }

    private void begin(int newSerial, byte[] head) {
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int channels = Byte.toUnsignedInt(fields.get(9));
        if (fields.get(18) != 0 || channels < 1 || channels > 2) {
            throw new UnreadableSound(
                    "UnsupportedChannels", "The sound must have 1 or 2 channels; this one says " + channels + ".");
        }
        serial = newSerial;
        decoder = decoder();
        toSkip = Short.toUnsignedInt(fields.getShort(10)) / OpusEncoder.TICKS_PER_SAMPLE;
        gain = (float) Math.pow(10, fields.getShort(16) / 256.0 / 20);
        commentsPassed = false;
        begun = new byte[0];
        total = 0;
        origin = -1;
        ended = false;
    }

    private void sound(OggPageReader.Page page, OpusDecoder opus) {
        int before = count;
        if (!page.continues()) {
            begun = new byte[0];
        }
        for (int n = 0; n < page.pieces().size(); n++) {
            byte[] packet = begun == null ? null : joined(begun, page.pieces().get(n));
            if (n == page.pieces().size() - 1 && page.lastIsOpen()) {
                begun = packet;
                break;
            }
            begun = new byte[0];
            if (!commentsPassed) {
                commentsPassed = true;
            } else if (packet != null) {
                decode(packet, opus);
            }
        }
        if (origin < 0 && total > 0) {
            origin = Math.max(0, page.granule() / OpusEncoder.TICKS_PER_SAMPLE - total);
        }
        if (page.isLast()) {
            ended = true;
            long beyond = total - (page.granule() / OpusEncoder.TICKS_PER_SAMPLE - Math.max(0, origin));
            count -= Math.clamp(beyond, 0, count - before);
        }
    }

    private void decode(byte[] packet, OpusDecoder opus) {
        int samples;
        try {
            samples = opus.decode(packet, 0, packet.length, decoded, 0, LONGEST_PACKET_SAMPLES, false);
        } catch (OpusException
                | RuntimeException
                | AssertionError _) { // ported from C: broken data can make it throw anything
            silenced++;
            return;
        }
        total += samples;
        int dropped = Math.min(toSkip, samples);
        toSkip -= dropped;
        if (out.length < count + samples) {
            out = Arrays.copyOf(out, 2 * (count + samples));
        }
        for (int i = dropped; i < samples; i++) {
            out[count++] = Math.clamp(decoded[i] / FULL_SCALE * gain, -Faults.LOUDEST, Faults.LOUDEST);
        }
    }

    private static boolean isHead(byte[] packet) {
        return packet.length >= HEAD_BYTES
                && new String(packet, 0, 8, StandardCharsets.ISO_8859_1).equals("OpusHead")
                && packet[8] >> 4 == 0;
    }

    private static byte @Nullable [] joined(byte[] start, byte[] rest) {
        if (start.length + rest.length > LARGEST_PACKET_BYTES) {
            return null;
        }
        byte[] packet = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, packet, start.length, rest.length);
        return packet;
    }

    private static OpusDecoder decoder() {
        try {
            return new OpusDecoder(PcmFormat.SPEECH.sampleRateHz(), PcmFormat.SPEECH.channels());
        } catch (OpusException e) {
            throw new IllegalStateException("the format of speech cannot be refused", e);
        }
    }
}
