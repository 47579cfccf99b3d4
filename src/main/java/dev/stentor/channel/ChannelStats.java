package dev.stentor.channel;

import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import java.util.List;

/** A listener for what is counted of channels. Called on the clock's thread; must not block. */
public interface ChannelStats {

    /** Counts nothing. */
    ChannelStats NONE = new ChannelStats() {};

    /** Counts a stall: in the midst of sound the next frame was late, and all that follows is heard later than it was due. */
    default void stalled() {}

    /** Counts a frame that was released to the listeners of a channel. */
    default void released() {}

    /** Takes the times of an utterance that is over. */
    default void ended(SpokenUtterance utterance) {}

    /** Adds the totals of a mix since the last call, a second ago or so. */
    default void mixed(MixTotals news) {}

    /**
     * Takes the state of a channel's sources, speech among them. Called about once a second while the mix sounds, when it falls silent,
     * and with an empty list once there is no mix any more.
     */
    default void sources(ChannelName channel, List<Mixer.SourceState> states) {}
}
