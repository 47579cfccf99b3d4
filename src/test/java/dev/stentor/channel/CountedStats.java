package dev.stentor.channel;

import dev.stentor.mix.Tally;

/** What a channel told. Confined to the test's thread. */
final class CountedStats implements ChannelStats {

    int stalls;
    Tally mixes = Tally.NONE;

    @Override
    public void stalled() {
        stalls++;
    }

    @Override
    public void mixed(Tally news) {
        mixes = mixes.plus(news);
    }
}
