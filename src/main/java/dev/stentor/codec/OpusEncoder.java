package dev.stentor.codec;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SpeechTime;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An encoder that makes one Opus packet of each 20 ms of speech. A packet depends on earlier ones, so every stream has an encoder
 * of its own. A decoder may join anywhere, and gives the right sound after some 80 ms.
 *
 * <p>Works on the caller's thread: about 0.1 ms and 64 KB of garbage a packet. Confined to one stream.
 */
public final class OpusEncoder {

    /** Samples of one packet: 20 ms at 24 kHz, which is one frame. */
    public static final int FRAME_SAMPLES = SpeechTime.FRAME_SAMPLES;

    /** Units of Opus in one sample: Opus counts at 48 kHz, whatever the rate of the samples. */
    public static final int TICKS_PER_SAMPLE = 2;

    /**
     * Delay of the encoder in samples at 48 kHz, 6.5 ms: a decoder drops so many samples at the start.
     */
    public static final int PRE_SKIP = 312;

    /** Number of packets that a decoder that joins in the middle needs before the first one that is heard: 80 ms. */
    public static final int PRE_ROLL_PACKETS = 4;

    private static final int FRAME_BYTES = SpeechTime.FRAME_BYTES;
    /** Size of two frames, of 1,275 bytes at most each, and of four bytes at most that describe them (RFC 6716, section 3.2). */
    private static final int LARGEST_PACKET_BYTES = 2 * 1_275 + 4;

    private final io.github.jaredmdobson.concentus.OpusEncoder encoder;
    private final short[] samples = new short[2 * FRAME_SAMPLES];
    private final byte[] packet = new byte[LARGEST_PACKET_BYTES];

    /** Creates an encoder for one stream. */
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

    /** Forgets all sound so far: the next packet is like the first one of a new encoder. */
    public void reset() {
        encoder.resetState();
    }

    /**
     * Encodes the next packet. The array belongs to the caller.
     *
     * @param frame exactly {@link #FRAME_SAMPLES} samples of 16 bits, little-endian; the position is not moved
     */
    public byte[] encode(ByteBuffer frame) {
        return encode(frame, FRAME_SAMPLES);
    }

    /**
     * Encodes the last packet before a pause: 40 ms, of which the second half is silence, so that the end of the sound, which the
     * encoder would hold back, leaves it. The array belongs to the caller.
     *
     * @param frame exactly {@link #FRAME_SAMPLES} samples of 16 bits, little-endian; the position is not moved
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
