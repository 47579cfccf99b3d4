package dev.stentor.metrics;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelStats;
import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Meters of channels and their mixes. Counters cover all channels together, because the number of channel names is unbounded
 * over time; gauges of levels exist for each source, as long as the source does. Confined to the clock's thread.
 */
public final class ChannelMeters implements ChannelStats {

    private final Counter stalls;
    private final Counter shortages;
    private final Counter skipped;
    private final Counter faulty;
    private final Counter limited;
    private final MixGauges gauges;

    /** Creates the counters in a registry. */
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
        skipped.increment((double) news.skippedSamples() / SpeechTime.SAMPLES_PER_MILLI);
        faulty.increment((double) news.faultySamples());
        limited.increment((double) news.limitedFrames() * SpeechTime.FRAME_MILLIS);
    }

    @Override
    public void sources(ChannelName channel, List<Mixer.SourceState> states) {
        gauges.show(channel, states);
    }
}
