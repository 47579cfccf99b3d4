package dev.stentor.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/** Decodes FLAC with jFLAC, which shares no code with the encoder. */
public final class FlacDecoding {

    private FlacDecoding() {}

    /** Returns all samples of a stream, as 16-bit little-endian. */
    public static byte[] of(byte[] file) throws IOException {
        var sound = new ByteArrayOutputStream();
        var decoder = new FLACDecoder(new ByteArrayInputStream(file));
        decoder.addPCMProcessor(new PCMProcessor() {
            @Override
            public void processStreamInfo(StreamInfo info) {}

            @Override
            public void processPCM(ByteData samples) {
                sound.writeBytes(Arrays.copyOf(samples.getData(), samples.getLen()));
            }
        });
        decoder.decode();
        return sound.toByteArray();
    }

    /** Returns what the head says. */
    public static StreamInfo head(byte[] file) throws IOException {
        return new FLACDecoder(new ByteArrayInputStream(file)).readStreamInfo();
    }
}
