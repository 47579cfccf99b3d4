package dev.stentor.codec;

import dev.stentor.audio.PcmFormat;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes one Opus packet of each 20 ms of speech. A packet depends on those before it, so every stream has an encoder of its own;
 * a decoder may join anywhere and is right after some 80 ms.
 *
 * <p>Works on the caller's thread: about 0.1 ms and 64 KB of garbage a packet. Confined to one stream.
 */
public final class OpusEncoder {

    /** Samples of one packet: 20 ms at 24 kHz. */
    public static final int FRAME_SAMPLES = 480;

    /** Opus counts at 48 kHz, whatever the rate of the samples. */
    public static final int TICKS_PER_SAMPLE = 2;

    /**
     * How far the sound in the packets lags behind the samples that went in, in samples at 48 kHz: a decoder drops so many at the
     * start. 6.5 ms.
     */
    public static final int PRE_SKIP = 312;

    /** So many packets before the first one that is to be heard make a decoder right that joins in the middle: 80 ms. */
    public static final int PRE_ROLL_PACKETS = 4;

    private static final int FRAME_BYTES = FRAME_SAMPLES * Short.BYTES;
    /** RFC 6716, section 3.2: no frame has more than 1,275 bytes; two of them, and at most four that say of what kind they are. */
    private static final int LARGEST_PACKET_BYTES = 2 * 1_275 + 4;

    private final io.github.jaredmdobson.concentus.OpusEncoder encoder;
    private final short[] samples = new short[2 * FRAME_SAMPLES];
    private final byte[] packet = new byte[LARGEST_PACKET_BYTES];

    /** An encoder that has heard nothing yet. */
    public OpusEncoder(OpusSettings settings) {
        encoder = create();
        encoder.setBitrate(settings.bitsPerSecond());
        encoder.setComplexity(settings.complexity());
        encoder.setMaxBandwidth(
                switch (settings.bandwidth()) {
                    case NARROW -> OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
                    case MEDIUM -> OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
                    case WIDE -> OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
                    case SUPERWIDE -> OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND;
                });
    }

    /** Forgets all sound so far: the next packet is as a new encoder's first. */
    public void reset() {
        encoder.resetState();
    }

    /**
     * The next packet, the caller's to keep.
     *
     * @param frame exactly {@link #FRAME_SAMPLES} samples of 16 bits, little-endian; not moved
     */
    public byte[] encode(ByteBuffer frame) {
        return encode(frame, FRAME_SAMPLES);
    }

    /**
     * The last packet before a pause: 40 ms, of which the second half is silence, so that the end of the sound, which the encoder
     * would keep back, leaves it.
     *
     * @param frame as above
     */
    public byte[] encodeLast(ByteBuffer frame) {
        Arrays.fill(samples, FRAME_SAMPLES, samples.length, (short) 0);
        return encode(frame, 2 * FRAME_SAMPLES);
    }

    private byte[] encode(ByteBuffer frame, int count) {
        if (frame.remaining() != FRAME_BYTES) {
            throw new IllegalArgumentException("a frame has " + FRAME_BYTES + " bytes, was " + frame.remaining());
        }
        frame.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples, 0, FRAME_SAMPLES);
        try {
            int length = encoder.encode(samples, 0, count, packet, 0, packet.length);
            return Arrays.copyOf(packet, length);
        } catch (OpusException e) {
            throw new IllegalStateException("a whole frame cannot be refused", e);
        }
    }

    private static io.github.jaredmdobson.concentus.OpusEncoder create() {
        PcmFormat format = PcmFormat.SPEECH;
        try {
            return new io.github.jaredmdobson.concentus.OpusEncoder(
                    format.sampleRateHz(), format.channels(), OpusApplication.OPUS_APPLICATION_AUDIO);
        } catch (OpusException e) {
            throw new IllegalStateException("the format of speech cannot be refused", e);
        }
    }
}
