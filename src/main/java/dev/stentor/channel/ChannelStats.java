package dev.stentor.channel;

import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import java.util.List;

/** Is told what befalls channels. Called on the clock's thread; must not block. */
public interface ChannelStats {

    /** Tells nobody. */
    ChannelStats NONE = new ChannelStats() {};

    /** Sound that was going on came too late: all that follows is heard later than it was to be. */
    default void stalled() {}

    /** What befell a mix since it was told last, a second ago or so. */
    default void mixed(MixTotals news) {}

    /**
     * How the sources of a channel's mix stand, speech among them: once a second or so while it sounds, when it falls silent, and none
     * once there is no mix any more.
     */
    default void sources(ChannelName channel, List<Mixer.SourceState> states) {}
}
