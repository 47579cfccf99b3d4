package dev.stentor.channel;

import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A view of a channel's mix for those who show how loud it is. {@link #sources} and {@link #levels} may be called from any thread. */
public final class MixMonitor {

    private final Mixer mixer;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean on;

    MixMonitor(Mixer mixer) {
        this.mixer = mixer;
    }

    /** Returns the state of each source that is mixed, speech among them; empty while there is no mix. */
    public List<Mixer.SourceState> sources() {
        return on ? mixer.sources() : List.of();
    }

    /** Returns how loud the mix is, and how often it was changed; silence while there is no mix. */
    public MixLevels levels() {
        return MixLevels.of(changes.get(), on ? mixer.levels() : Levels.SILENT, sources());
    }

    /** Returns how loud the speech is. */
    Levels speech() {
        return mixer.sources().stream()
                .filter(state -> state.name().equals(Mixer.SPEECH))
                .findFirst()
                .map(Mixer.SourceState::levels)
                .orElse(Levels.SILENT);
    }

    /** Counts a change of the sources or of the settings. */
    void changed() {
        changes.incrementAndGet();
    }

    /**
     * Counts on after another process, whose count is not known: from a number that it did not reach, so that whoever compares sees a change.
     *
     * @param pos the position up to which that process came; changes are rarer than samples
     */
    void countOnFrom(long pos) {
        changes.set((int) Math.min(pos, Integer.MAX_VALUE / 2));
    }

    /** Notes whether there is a mix from now on. */
    void turn(boolean nowOn) {
        on = nowOn;
        changed();
    }
}
