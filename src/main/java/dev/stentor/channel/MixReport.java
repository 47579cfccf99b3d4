package dev.stentor.channel;

import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reports a channel's mix to its statistics: totals and the state of its sources. Once a second while the mix sounds, and when it falls
 * silent. Confined to the clock's thread.
 */
final class MixReport {

    private static final int EVERY_FRAMES = 50;

    private final ChannelName channel;
    private final ChannelStats stats;
    private final Mixer mixer;
    private final Supplier<List<Mixer.SourceState>> sources;
    private MixTotals told = MixTotals.NONE;
    private int untoldFrames;
    private boolean silent = true;

    /** @param sources gives the current state of the sources; an empty list while there is no mix */
    MixReport(ChannelName channel, ChannelStats stats, Mixer mixer, Supplier<List<Mixer.SourceState>> sources) {
        this.channel = channel;
        this.stats = stats;
        this.mixer = mixer;
        this.sources = sources;
    }

    /** Counts a frame that was rendered. */
    void rendered() {
        silent = false;
        if (++untoldFrames == EVERY_FRAMES) {
            tell();
        }
    }

    /** Tells whether no frame was rendered since the mix fell silent. */
    boolean isSilent() {
        return silent;
    }

    /** Records that no frame follows for now, and reports that nothing is loud any more. */
    void fellSilent() {
        silent = true;
        tell();
    }

    /** Reports the current state. */
    void tell() {
        untoldFrames = 0;
        MixTotals now = mixer.totals();
        if (!now.equals(told)) {
            stats.mixed(now.since(told));
            told = now;
        }
        stats.sources(channel, sources.get().stream().filter(this::isPresent).toList());
    }

    /** Tells whether more than the last fade of a source will be heard. */
    private boolean isPresent(Mixer.SourceState state) {
        return !state.leaving() && mixer.has(state.name());
    }
}
