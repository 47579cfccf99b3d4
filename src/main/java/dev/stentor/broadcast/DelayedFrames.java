package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ClearRequest;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A queue of frames that wait until some time after they are due, so that they can still be taken back. Confined to the clock's
 * thread.
 */
final class DelayedFrames {

    private final long holdMicros;
    private final ArrayDeque<Audio> frames = new ArrayDeque<>();
    private long pausedMicros = -1;
    /** The time before which the sound is complete, after a clear that lets the sound continue: frames due before are dropped. */
    private long splicedMicros = Long.MIN_VALUE;
    /** The older frame that is faded to the one that is due at the same time; null if there is none. */
    private @Nullable Audio former;

    private int fadeMillis;
    private long givenMicros = Long.MIN_VALUE;

    /** @param holdMicros the time for which frames are held after they are due */
    DelayedFrames(long holdMicros) {
        this.holdMicros = holdMicros;
    }

    void add(Audio frame) {
        if (frame.playMicros() < splicedMicros) {
            return;
        }
        Audio older = former;
        former = null;
        frames.add(
                older == null || older.playMicros() != frame.playMicros()
                        ? frame
                        : Crossfade.over(older, frame, fadeMillis));
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    void clear() {
        frames.clear();
        former = null;
    }

    /** Removes and returns the next frame, if its time has come or comes within {@code soonMicros}. */
    Optional<Audio> next(long nowMicros, long soonMicros) {
        boolean due = pausedMicros < 0
                && !frames.isEmpty()
                && frames.getFirst().playMicros() + holdMicros <= nowMicros + soonMicros;
        if (!due) {
            return Optional.empty();
        }
        givenMicros = frames.getFirst().playMicros();
        return Optional.of(frames.removeFirst());
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

    /**
     * Takes back what would be heard after the drain. The frame heard then fades to silence, or to the sound that replaces it.
     */
    void cut(SpeechCleared cleared, long nowMicros) {
        ClearRequest clear = cleared.clear();
        long at = pausedMicros >= 0 ? pausedMicros : nowMicros;
        var kept = new ArrayDeque<Audio>();
        former = null;
        splicedMicros = cleared.fromPos() == null ? Long.MIN_VALUE : givenMicros + 1;
        fadeMillis = clear.fadeMillis();
        for (Audio frame : frames) {
            if (frame.playMicros() <= at + clear.drainMillis() * 1_000L) {
                kept.add(frame);
            } else if (cleared.fromPos() == null) {
                kept.add(Crossfade.out(frame, clear.fadeMillis()));
                break;
            } else {
                former = frame;
                splicedMicros = frame.playMicros();
                break;
            }
        }
        if (cleared.fromPos() != null && former == null && !kept.isEmpty()) {
            splicedMicros = kept.getLast().playMicros() + 1;
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
                frame.samples(),
                frame.mixed());
    }
}
