package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A linear fade of a frame to silence or to another frame, so that no click is heard. */
final class Crossfade {

    private Crossfade() {}

    /** Fades a frame to silence, within so many milliseconds but not longer than the frame. */
    static Audio out(Audio frame, int fadeMillis) {
        ByteBuffer silence = ByteBuffer.allocate(frame.audio().remaining());
        return with(frame, blend(frame.audio(), silence, fadeMillis), true);
    }

    /** Fades from the frame that was to be heard at the same time to a later one. */
    static Audio over(Audio former, Audio frame, int fadeMillis) {
        return with(frame, blend(former.audio(), frame.audio(), fadeMillis), frame.last());
    }

    private static Audio with(Audio frame, ByteBuffer audio, boolean last) {
        return new Audio(
                frame.generation(),
                frame.pos(),
                frame.playMicros(),
                frame.first(),
                last,
                audio,
                frame.samples(),
                frame.mixed());
    }

    private static ByteBuffer blend(ByteBuffer one, ByteBuffer other, int fadeMillis) {
        ByteBuffer from = one.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = other.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        int samples = from.remaining() / Short.BYTES;
        int fade = Math.clamp(SpeechTime.samples(fadeMillis), 1, samples);
        for (int i = 0; i < samples; i++) {
            float gain = Math.max(0, 1 - (i + 1f) / fade);
            out.putShort((short) Math.round(from.getShort() * gain + to.getShort() * (1 - gain)));
        }
        return out.flip().asReadOnlyBuffer();
    }
}
