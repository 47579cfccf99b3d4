package dev.stentor.channel;

import java.util.List;

/**
 * A keeper of what another process needs to go on with a channel, should this one fail: its settings, and the texts that were asked for. Called
 * on the clock's thread; must not block.
 */
public interface ChannelKeeper {

    /** A keeper of channels that end with their process. */
    ChannelKeeper NONE = new ChannelKeeper() {
        @Override
        public void settings(ChannelSettings settings, boolean pinned) {}

        @Override
        public void queued(String id, UtteranceRequest request, List<String> order) {}

        @Override
        public void over(String id) {}
    };

    /**
     * Keeps the settings of the channel.
     *
     * @param pinned whether it stays when nobody uses it
     */
    void settings(ChannelSettings settings, boolean pinned);

    /**
     * Keeps an utterance, whose text is known whole.
     *
     * @param order ids of all that wait or are spoken, in the order of speaking
     */
    void queued(String id, UtteranceRequest request, List<String> order);

    /** Forgets an utterance. */
    void over(String id);
}
