package dev.stentor.broadcast;

import dev.stentor.codec.OpusEncoder;
import java.util.Arrays;
import java.util.Optional;

/** How the sound in a channel's entries is written. Positions count at 24 kHz in each, and a frame is 20 ms. */
public enum Format {
    /** The engine's samples, bit for bit. */
    PCM("pcm_s16le", 24_000, 0, 0, 960),
    /** A packet of 20 ms each, encoded once for all. */
    OPUS("opus", 48_000, OpusEncoder.PRE_SKIP, OpusEncoder.PRE_ROLL_PACKETS, 80);

    private static final int FRAMES_PER_SECOND = 50;
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

    /** The format of that name in a hello, such as {@code pcm_s16le/24000/1}. */
    public static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.fullName().equals(name))
                .findFirst();
    }

    /** Its name in a hello: codec, rate in Hz, channels. */
    public String fullName() {
        return codec + "/" + rateHz + "/1";
    }

    /** The codec's name. */
    String codec() {
        return codec;
    }

    /** Of the samples that come out of its decoder, in Hz. */
    int rateHz() {
        return rateHz;
    }

    /** By how many of those samples the decoded sound lags behind its frames. */
    int preSkip() {
        return preSkip;
    }

    /** Returns how many bytes of it go over the wire in a second, headers included; for Opus about, at its usual rate. */
    public int bytesPerSecond() {
        return FRAMES_PER_SECOND * (WEB_SOCKET_BYTES + FrameHeader.BYTES + payloadBytes);
    }

    /** How many frames a decoder that begins anew needs before what it gives is right. */
    int preRollFrames() {
        return preRollFrames;
    }
}
