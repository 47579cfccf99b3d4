package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.Clear;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Optional;

/** Frames that wait until they are due, and somewhat longer, so that they can still be taken back. Confined to the clock's thread. */
final class HeldFrames {

    private static final int SAMPLES_PER_MILLI = 24;

    private final long holdMicros;
    private final ArrayDeque<Audio> frames = new ArrayDeque<>();
    private long pausedMicros = -1;

    /** @param holdMicros how long after they are due they are held */
    HeldFrames(long holdMicros) {
        this.holdMicros = holdMicros;
    }

    void add(Audio frame) {
        frames.add(frame);
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    void clear() {
        frames.clear();
    }

    /** The next frame, if its time has come, or comes so soon. */
    Optional<Audio> next(long nowMicros, long soonMicros) {
        boolean due = pausedMicros < 0
                && !frames.isEmpty()
                && frames.getFirst().playMicros() + holdMicros <= nowMicros + soonMicros;
        return due ? Optional.of(frames.removeFirst()) : Optional.empty();
    }

    void pause(long nowMicros) {
        pausedMicros = nowMicros;
    }

    void resume(long nowMicros) {
        if (pausedMicros >= 0) {
            long pause = nowMicros - pausedMicros;
            for (int waiting = frames.size(); waiting > 0; waiting--) {
                frames.add(later(frames.removeFirst(), pause));
            }
            pausedMicros = -1;
        }
    }

    /** Takes back what would be heard after the drain; what is heard then fades. */
    void cut(Clear clear, long nowMicros) {
        long at = pausedMicros >= 0 ? pausedMicros : nowMicros;
        var kept = new ArrayDeque<Audio>();
        for (Audio frame : frames) {
            if (frame.playMicros() > at + clear.drainMillis() * 1_000L) {
                kept.add(faded(frame, clear.fadeMillis()));
                break;
            }
            kept.add(frame);
        }
        frames.clear();
        frames.addAll(kept);
        pausedMicros = -1;
    }

    private static Audio later(Audio frame, long micros) {
        return new Audio(
                frame.generation(),
                frame.pos(),
                frame.playMicros() + micros,
                frame.first(),
                frame.last(),
                frame.audio(),
                frame.samples());
    }

    /** The same frame, falling to silence within so many milliseconds, and within the frame. */
    private static Audio faded(Audio frame, int fadeMillis) {
        ByteBuffer from = frame.audio().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        int samples = from.remaining() / Short.BYTES;
        int fade = Math.clamp((long) fadeMillis * SAMPLES_PER_MILLI, 1, samples);
        for (int i = 0; i < samples; i++) {
            float gain = Math.max(0, 1 - (i + 1f) / fade);
            to.putShort((short) Math.round(from.getShort() * gain));
        }
        return new Audio(
                frame.generation(),
                frame.pos(),
                frame.playMicros(),
                frame.first(),
                true,
                to.flip().asReadOnlyBuffer(),
                frame.samples());
    }
}
