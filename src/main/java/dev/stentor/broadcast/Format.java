package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.codec.OpusEncoder;
import java.util.Arrays;
import java.util.Optional;

/** A format of the sound in a channel's entries. Positions count at 24 kHz in each format, and a frame is 20 ms. */
public enum Format {
    /** PCM: the engine's samples, bit for bit. */
    PCM("pcm_s16le", SpeechTime.SAMPLES_PER_SECOND, 0, 0, SpeechTime.FRAME_BYTES),
    /** Opus: packets of 20 ms, encoded once for all listeners. */
    OPUS("opus", 48_000, OpusEncoder.PRE_SKIP, OpusEncoder.PRE_ROLL_PACKETS, 80);

    private static final int FRAMES_PER_SECOND = 1_000 / SpeechTime.FRAME_MILLIS;
    private static final int WEB_SOCKET_BYTES = 4;

    private final String codec;
    private final int rateHz;
    private final int preSkip;
    private final int preRollFrames;
    private final int payloadBytes;

    Format(String codec, int rateHz, int preSkip, int preRollFrames, int payloadBytes) {
        this.codec = codec;
        this.rateHz = rateHz;
        this.preSkip = preSkip;
        this.preRollFrames = preRollFrames;
        this.payloadBytes = payloadBytes;
    }

    /** Returns the format of that name in a hello, such as {@code pcm_s16le/24000/1}. */
    public static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.fullName().equals(name))
                .findFirst();
    }

    /** Returns its name in a hello: codec, rate in Hz, channels. */
    public String fullName() {
        return codec + "/" + rateHz + "/1";
    }

    /** Returns the codec's name. */
    String codec() {
        return codec;
    }

    /** Returns the rate of the samples that come out of its decoder, in Hz. */
    int rateHz() {
        return rateHz;
    }

    /** Returns by how many of those samples the decoded sound lags behind its frames. */
    int preSkip() {
        return preSkip;
    }

    /** Returns the same in samples of the timeline. */
    long lagSamples() {
        return (long) preSkip * SpeechTime.SAMPLES_PER_SECOND / rateHz;
    }

    /** Returns how many bytes of it go over the wire in a second, headers included; for Opus about, at its usual rate. */
    public int bytesPerSecond() {
        return FRAMES_PER_SECOND * (WEB_SOCKET_BYTES + FrameHeader.BYTES + payloadBytes);
    }

    /** Returns how many frames a decoder needs at a new beginning before its sound is right. */
    int preRollFrames() {
        return preRollFrames;
    }
}
