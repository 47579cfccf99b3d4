package dev.stentor.channel;

import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells of a channel's mix: what befell it, and how loud its sources are; once a second while it sounds, and where it falls silent.
 * Confined to the clock's thread.
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

    /** @param sources as they stand; none while there is no mix */
    MixReport(ChannelName channel, ChannelStats stats, Mixer mixer, Supplier<List<Mixer.SourceState>> sources) {
        this.channel = channel;
        this.stats = stats;
        this.mixer = mixer;
        this.sources = sources;
    }

    /** Another frame sounds. */
    void rendered() {
        silent = false;
        if (++untoldFrames == EVERY_FRAMES) {
            tell();
        }
    }

    /** Whether no frame was rendered since it fell silent. */
    boolean isSilent() {
        return silent;
    }

    /** No frame follows for now, and nothing is loud any more. */
    void fellSilent() {
        silent = true;
        tell();
    }

    /** Tells how it stands now. */
    void tell() {
        untoldFrames = 0;
        MixTotals now = mixer.totals();
        if (!now.equals(told)) {
            stats.mixed(now.since(told));
            told = now;
        }
        stats.sources(channel, sources.get().stream().filter(this::isThere).toList());
    }

    /** Whether something will be heard of it, but for its last fade. */
    private boolean isThere(Mixer.SourceState state) {
        return !state.leaving() && mixer.has(state.name());
    }
}
