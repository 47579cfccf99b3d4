package dev.stentor.metrics;

import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelStats;
import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts what befalls channels and their mixes, all together, since names of channels are without bound over time; how loud sources
 * are, for each as long as it is there. Confined to the clock's thread.
 */
public final class ChannelMeters implements ChannelStats {

    private static final int SAMPLES_PER_MILLI = 24;
    private static final int MILLIS_PER_FRAME = 20;

    private final Counter stalls;
    private final Counter shortages;
    private final Counter skipped;
    private final Counter faulty;
    private final Counter limited;
    private final MixGauges gauges;

    /** In that registry. */
    public ChannelMeters(MeterRegistry registry) {
        stalls = Meters.CHANNEL_STALLS.counter(registry);
        shortages = Meters.MIX_SHORTAGES.counter(registry);
        skipped = Meters.MIX_SKIPPED.counter(registry);
        faulty = Meters.MIX_FAULTY.counter(registry);
        limited = Meters.MIX_LIMITED.counter(registry);
        gauges = new MixGauges(registry);
    }

    @Override
    public void stalled() {
        stalls.increment();
    }

    @Override
    public void mixed(MixTotals news) {
        shortages.increment((double) news.shortages());
        skipped.increment((double) news.skippedSamples() / SAMPLES_PER_MILLI);
        faulty.increment((double) news.faultySamples());
        limited.increment((double) news.limitedFrames() * MILLIS_PER_FRAME);
    }

    @Override
    public void sources(ChannelName channel, List<Mixer.SourceState> states) {
        gauges.show(channel, states);
    }
}
