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
    static final int TICKS_PER_SAMPLE = 2;

    private static final int FRAME_BYTES = FRAME_SAMPLES * Short.BYTES;
    /** RFC 6716, section 3.2.1: no frame is longer. One byte more says what kind it is. */
    private static final int LARGEST_PACKET_BYTES = 1_276;

    private final io.github.jaredmdobson.concentus.OpusEncoder encoder;
    private final short[] samples = new short[FRAME_SAMPLES];
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

    /**
     * How far the sound in the packets lags behind the samples that went in, in samples at 48 kHz: a decoder drops so many at the
     * start. 312, which is 6.5 ms.
     */
    public int preSkip() {
        return encoder.getLookahead() * TICKS_PER_SAMPLE;
    }

    /**
     * The next packet, the caller's to keep.
     *
     * @param frame exactly {@link #FRAME_SAMPLES} samples of 16 bits, little-endian; not moved
     */
    public byte[] encode(ByteBuffer frame) {
        if (frame.remaining() != FRAME_BYTES) {
            throw new IllegalArgumentException("a frame has " + FRAME_BYTES + " bytes, was " + frame.remaining());
        }
        frame.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        try {
            int length = encoder.encode(samples, 0, FRAME_SAMPLES, packet, 0, packet.length);
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
