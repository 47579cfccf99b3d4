package dev.stentor.channel;

import dev.stentor.mix.Tally;

/** Is told what befalls channels. Called on the clock's thread; must not block. */
public interface ChannelStats {

    /** Tells nobody. */
    ChannelStats NONE = new ChannelStats() {};

    /** Sound that was going on came too late: all that follows is heard later than it was to be. */
    default void stalled() {}

    /** What befell a mix since it was told last, a second ago or so. */
    default void mixed(Tally news) {}
}
