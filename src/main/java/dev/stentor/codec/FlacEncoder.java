package dev.stentor.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stentor.audio.PcmFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import net.sourceforge.javaflacencoder.EncodingConfiguration;
import net.sourceforge.javaflacencoder.EncodingConfiguration.SubframeType;
import net.sourceforge.javaflacencoder.FLACEncoder;
import net.sourceforge.javaflacencoder.FLACStreamOutputStream;
import net.sourceforge.javaflacencoder.StreamConfiguration;

/**
 * An encoder of speech into FLAC (RFC 9639): a decoder gives back every sample as it was. Nothing that was returned is changed later,
 * so the stream can be sent while it is made. How the samples are cut into buffers changes nothing. Works on the caller's thread.
 * Confined to one stream.
 */
public final class FlacEncoder {

    /** The number of samples of a frame: 48 ms, and one of the sizes that a frame's header names in four bits. */
    static final int FRAME_SAMPLES = 1_152;

    /** Number of earlier samples from which one is predicted; more of them do not make speech shorter. */
    private static final int ORDER = 8;

    /** The shortest frame that is predicted: the library fails with fewer samples than its order. */
    private static final int SHORTEST_PREDICTED = 32;

    private static final int STREAM_INFO_BYTES = 34;
    private static final byte LAST_METADATA = (byte) 0x80;
    private static final int UNKNOWN_LENGTH = 0;
    private static final int LENGTH_BITS = 36;
    private static final int RATE_SHIFT = 44;
    private static final int CHANNELS_SHIFT = 41;
    private static final int BITS_SHIFT = 36;
    private static final int MD5_BYTES = 16;

    private final FLACEncoder encoder = new FLACEncoder();
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final int[] samples = new int[FRAME_SAMPLES];
    private int count;

    /** Creates an encoder. */
    public FlacEncoder() {
        encoder.setThreadCount(1); // never started: frames are encoded by the caller
        PcmFormat format = PcmFormat.SPEECH;
        encoder.setStreamConfiguration(new StreamConfiguration(
                format.channels(), FRAME_SAMPLES, FRAME_SAMPLES, format.sampleRateHz(), format.bitsPerSample()));
        encoder.setEncodingConfiguration(coding(SubframeType.LPC));
        try {
            encoder.setOutputStream(new FLACStreamOutputStream(frames));
            encoder.openFLACStream();
        } catch (IOException impossible) {
            throw new IllegalStateException("The encoder failed", impossible);
        }
        frames.reset(); // the library's head says that frames have at least 16 MB
    }

    /**
     * Returns the bytes before all frames. They name no MD5, because they are sent before the sound is known.
     *
     * @param total number of samples of the whole stream; empty if it is not known
     */
    public static byte[] head(OptionalLong total) {
        PcmFormat format = PcmFormat.SPEECH;
        long length = total.orElse(UNKNOWN_LENGTH);
        ByteBuffer head = ByteBuffer.allocate(4 + 4 + STREAM_INFO_BYTES);
        head.put("fLaC".getBytes(US_ASCII)).put(LAST_METADATA).put((byte) 0).putShort((short) STREAM_INFO_BYTES);
        head.putShort((short) FRAME_SAMPLES).putShort((short) FRAME_SAMPLES);
        head.put(new byte[3 + 3]); // shortest and longest frame: unknown
        head.putLong(((long) format.sampleRateHz() << RATE_SHIFT)
                | ((format.channels() - 1L) << CHANNELS_SHIFT)
                | ((format.bitsPerSample() - 1L) << BITS_SHIFT)
                | (length >>> LENGTH_BITS == 0 ? length : UNKNOWN_LENGTH));
        return head.put(new byte[MD5_BYTES]).array();
    }

    /**
     * Takes samples, and returns the frames that are full now; empty if none is.
     *
     * @param buffer whole samples of 16 bits, little-endian; the position is not moved
     */
    public byte[] encode(ByteBuffer buffer) {
        ByteBuffer left = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (left.remaining() >= Short.BYTES) {
            samples[count++] = left.getShort();
            if (count == FRAME_SAMPLES) {
                encode(false);
            }
        }
        return made();
    }

    /** Ends the stream, and returns the rest. */
    public byte[] end() {
        if (count > 0) {
            if (count < SHORTEST_PREDICTED) {
                encoder.setEncodingConfiguration(coding(SubframeType.VERBATIM));
            }
            encode(true);
        }
        return made();
    }

    private void encode(boolean last) {
        int wanted = count;
        count = 0;
        encoder.addSamples(samples, wanted);
        try {
            int encoded = encoder.encodeSamples(wanted, last);
            if (encoded != wanted) {
                throw new IllegalStateException("The encoder took " + encoded + " of " + wanted + " samples");
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("The encoder failed", impossible);
        }
    }

    private byte[] made() {
        byte[] made = frames.toByteArray();
        frames.reset();
        return made;
    }

    private static EncodingConfiguration coding(SubframeType type) {
        var coding = new EncodingConfiguration();
        coding.setSubframeType(type); // the library's own choice between all types prints lines
        coding.setMinLPCOrder(ORDER);
        coding.setMaxLPCOrder(ORDER);
        return coding;
    }
}
