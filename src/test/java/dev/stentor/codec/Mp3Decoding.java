package dev.stentor.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.SampleBuffer;

/** Decodes MP3 with JLayer, which shares no code with the encoder. */
public final class Mp3Decoding {

    /** Samples that are heard before the first one of the sound: the delays of the encoder and of decoders. */
    public static final int DELAY = Mp3Encoder.DELAY_SAMPLES + Mp3Encoder.DECODER_DELAY_SAMPLES;

    private Mp3Decoding() {}

    /** Returns all samples of a stream. */
    public static short[] of(byte[] file) throws BitstreamException, DecoderException {
        var stream = new Bitstream(new ByteArrayInputStream(file));
        var decoder = new Decoder();
        var samples = new ByteArrayOutputStream();
        for (Header frame = stream.readFrame(); frame != null; frame = stream.readFrame()) {
            var block = (SampleBuffer) decoder.decodeFrame(frame, stream);
            samples.writeBytes(Voiced.bytes(Arrays.copyOf(block.getBuffer(), block.getBufferLength())));
            stream.closeFrame();
        }
        return Decoding.samples(samples.toByteArray());
    }
}
