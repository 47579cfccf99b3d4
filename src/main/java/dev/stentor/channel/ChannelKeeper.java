package dev.stentor.channel;

import java.util.List;
import java.util.function.Supplier;

/**
 * A keeper of what another process needs to go on with a channel, should this one fail: its settings, those of its mix, and the texts that were asked for. Called
 * on the clock's thread; must not block.
 */
public interface ChannelKeeper {

    /** A keeper of channels that end with their process. */
    ChannelKeeper NONE = new ChannelKeeper() {
        @Override
        public void settings(ChannelSettings settings, boolean pinned) {}

        @Override
        public void mix(MixSettings settings, List<KeptSource> sources) {}

        @Override
        public void queued(String id, UtteranceRequest request, List<String> order) {}

        @Override
        public void written(String id, Supplier<WrittenText> text) {}

        @Override
        public void over(Utterance utterance) {}
    };

    /**
     * Keeps the settings of the channel.
     *
     * @param pinned whether it stays when nobody uses it
     */
    void settings(ChannelSettings settings, boolean pinned);

    /** Keeps how the channel mixes, and the sources that it has. */
    void mix(MixSettings settings, List<KeptSource> sources);

    /**
     * Keeps an utterance. Of one whose text is open, this is the beginning.
     *
     * @param order ids of all that wait or are spoken, in the order of speaking
     */
    void queued(String id, UtteranceRequest request, List<String> order);

    /**
     * Keeps what was written of an open text since it was asked for, now or a little later.
     *
     * @param text tells all of it; called on the clock's thread
     */
    void written(String id, Supplier<WrittenText> text);

    /** Keeps an utterance that is over, as one that was: it is not spoken again. */
    void over(Utterance utterance);
}
