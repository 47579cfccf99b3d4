package dev.stentor.codec;

import de.sciss.jump3r.mp3.BitStream;
import de.sciss.jump3r.mp3.GainAnalysis;
import de.sciss.jump3r.mp3.ID3Tag;
import de.sciss.jump3r.mp3.Lame;
import de.sciss.jump3r.mp3.LameGlobalFlags;
import de.sciss.jump3r.mp3.MPEGMode;
import de.sciss.jump3r.mp3.Presets;
import de.sciss.jump3r.mp3.Quantize;
import de.sciss.jump3r.mp3.QuantizePVT;
import de.sciss.jump3r.mp3.Reservoir;
import de.sciss.jump3r.mp3.Takehiro;
import de.sciss.jump3r.mp3.VBRTag;
import de.sciss.jump3r.mp3.Version;
import de.sciss.jump3r.mpg.MPGLib;
import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * An encoder of speech into MP3 (MPEG-2, layer III, mono, 24 kHz, constant bit rate), by LAME in Java. No frame needs another
 * one, so that a listener may begin at any frame. How the samples are cut into buffers changes nothing. Works on the caller's
 * thread. Confined to one stream.
 */
public final class Mp3Encoder {

    /** The number of samples of a frame: 24 ms. */
    public static final int FRAME_SAMPLES = 576;

    /** The silence, in samples, that LAME puts before the sound; a decoder adds {@link #DECODER_DELAY_SAMPLES} to it. */
    static final int DELAY_SAMPLES = 576;

    /** The silence, in samples, that every decoder puts before the sound. */
    static final int DECODER_DELAY_SAMPLES = 529;

    /** LAME's scale of effort, 0 (slow) to 9; 5 is its own choice for speech-like rates. */
    private static final int QUALITY = 5;

    private static final int TO_32_BITS = Short.SIZE;

    private final Mp3BitRate rate;
    private final Lame lame = new Lame();
    private final LameGlobalFlags settings;
    private final int[] samples = new int[FRAME_SAMPLES];
    private final byte[] frames;

    /** Creates an encoder with this bit rate. */
    public Mp3Encoder(Mp3BitRate rate) {
        this.rate = rate;
        frames = new byte[4 * rate.frameBytes()];
        connect(lame);
        settings = lame.lame_init();
        settings.num_channels = 1;
        settings.mode = MPEGMode.MONO;
        settings.in_samplerate = SpeechTime.SAMPLES_PER_SECOND;
        settings.out_samplerate = SpeechTime.SAMPLES_PER_SECOND;
        settings.brate = rate.kilobitsPerSecond();
        settings.quality = QUALITY;
        settings.disable_reservoir = true;
        settings.bWriteVbrTag = false;
        settings.write_id3tag_automatic = false;
        int result = lame.lame_init_params(settings);
        if (result < 0) {
            throw new IllegalStateException("LAME refused its settings: " + result);
        }
    }

    /**
     * Returns the frame before all sound: silence that tells decoders how many samples to drop at the beginning and, if the length is
     * known, at the end.
     *
     * @param samples number of samples of the whole sound; empty if it is not known yet
     */
    public byte[] head(OptionalLong samples) {
        if (samples.isEmpty()) {
            return Mp3InfoFrame.of(rate, DELAY_SAMPLES);
        }
        long frames = framesOf(samples.getAsLong());
        long padding = FRAME_SAMPLES * frames - DELAY_SAMPLES - samples.getAsLong();
        return Mp3InfoFrame.of(rate, DELAY_SAMPLES, frames, (int) padding);
    }

    /** Returns how many frames a sound becomes: two more than it fills, in which its end comes out of the encoder. */
    static long framesOf(long samples) {
        return (samples + FRAME_SAMPLES - 1) / FRAME_SAMPLES + 2;
    }

    /**
     * Takes samples, and returns the frames that are full now; empty if none is.
     *
     * @param buffer whole samples of 16 bits, little-endian; the position is not moved
     */
    public byte[] encode(ByteBuffer buffer) {
        ByteBuffer left = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer made =
                ByteBuffer.allocate((left.remaining() / (FRAME_SAMPLES * Short.BYTES) + 2) * rate.frameBytes());
        while (left.remaining() >= Short.BYTES) {
            int count = Math.min(FRAME_SAMPLES, left.remaining() / Short.BYTES);
            for (int i = 0; i < count; i++) {
                samples[i] = left.getShort() << TO_32_BITS;
            }
            int bytes = lame.lame_encode_buffer_int(settings, samples, samples, count, frames, 0, frames.length);
            made.put(frames, 0, checked(bytes));
        }
        return Arrays.copyOf(made.array(), made.position());
    }

    /** Ends the stream, and returns the rest. Silence is added until the last sample has left the encoder. */
    public byte[] end() {
        int bytes = lame.lame_encode_flush(settings, frames, 0, frames.length);
        return Arrays.copyOf(frames, checked(bytes));
    }

    private static int checked(int bytes) {
        if (bytes < 0) {
            throw new IllegalStateException("LAME failed: " + bytes);
        }
        return bytes;
    }

    /** Gives the parts of LAME each other, in the way of its own program. */
    private static void connect(Lame lame) {
        var gain = new GainAnalysis();
        var bits = new BitStream();
        var presets = new Presets();
        var noise = new QuantizePVT();
        var quantizer = new Quantize();
        var tag = new VBRTag();
        var version = new Version();
        var id3 = new ID3Tag();
        var reservoir = new Reservoir();
        var huffman = new Takehiro();
        var decoder = new MPGLib();
        lame.setModules(gain, bits, presets, noise, quantizer, tag, version, id3, decoder);
        bits.setModules(gain, decoder, version, tag);
        id3.setModules(bits, version);
        presets.setModules(lame);
        quantizer.setModules(bits, reservoir, noise, huffman);
        noise.setModules(huffman, reservoir, lame.enc.psy);
        reservoir.setModules(bits);
        huffman.setModules(noise);
        tag.setModules(lame, bits, version);
    }
}
