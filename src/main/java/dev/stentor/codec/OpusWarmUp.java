package dev.stentor.codec;

import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A task that encodes two seconds of a sound like speech, and throws the packets away. The first packets of a process take up to
 * a hundred times as long as later ones, because the encoder is not compiled yet; listeners should not hear that.
 */
public final class OpusWarmUp implements Runnable {

    private static final int PACKETS = 100;

    private final OpusSettings settings;

    /** Creates a task for encoders with these settings. */
    public OpusWarmUp(OpusSettings settings) {
        this.settings = settings;
    }

    @Override
    public void run() {
        var encoder = new OpusEncoder(settings);
        ByteBuffer frame = ByteBuffer.allocate(OpusEncoder.FRAME_SAMPLES * Short.BYTES);
        long time = 0;
        for (int i = 0; i < PACKETS; i++) {
            frame.clear().order(ByteOrder.LITTLE_ENDIAN);
            while (frame.hasRemaining()) {
                frame.putShort(hum(time++));
            }
            var _ = encoder.encode(frame.flip());
        }
    }

    /** Returns a sample of a voice of 140 Hz with its overtones, which swells four times a second. */
    private static short hum(long time) {
        double phase = 2 * Math.PI * 140 * time / SpeechTime.SAMPLES_PER_SECOND;
        double swell = Math.abs(Math.sin(2 * Math.PI * 2 * time / SpeechTime.SAMPLES_PER_SECOND));
        double voice = 0;
        for (int overtone = 1; overtone <= 12; overtone++) {
            voice += Math.sin(overtone * phase) / overtone;
        }
        return (short) Math.round(6_000 * swell * voice);
    }
}
