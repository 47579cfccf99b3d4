package dev.stentor.channel;

import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import java.util.ArrayList;
import java.util.List;

/** Counts of what a channel reports. Confined to the test's thread. */
final class CountedStats implements ChannelStats {

    int stalls;
    int frames;
    final List<SpokenUtterance> spoken = new ArrayList<>();
    MixTotals mixes = MixTotals.NONE;
    List<Mixer.SourceState> sources = List.of();

    @Override
    public void released() {
        frames++;
    }

    @Override
    public void ended(SpokenUtterance utterance) {
        spoken.add(utterance);
    }

    @Override
    public void stalled() {
        stalls++;
    }

    @Override
    public void mixed(MixTotals news) {
        mixes = mixes.plus(news);
    }

    @Override
    public void sources(ChannelName channel, List<Mixer.SourceState> states) {
        sources = states;
    }
}
