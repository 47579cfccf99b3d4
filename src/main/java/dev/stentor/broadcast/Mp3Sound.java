package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.codec.Mp3Encoder;
import java.nio.ByteBuffer;

/**
 * Whole frames of MP3 for clients that speak no protocol. A listener may begin with any of them.
 *
 * @param frames frames of 24 ms, read-only and never to be moved; none only before a pause
 * @param title caption that is heard with them; empty if nothing is said
 * @param pause whether nothing more comes for a while
 */
public record Mp3Sound(ByteBuffer frames, String title, boolean pause) {

    static final long FRAME_MILLIS = SpeechTime.millis(Mp3Encoder.FRAME_SAMPLES);
}
