package dev.stentor.metrics;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.SpokenUtterance;
import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Meters of channels and their mixes. Counters cover all channels together, because the number of channel names is unbounded
 * over time; gauges of levels exist for each source, as long as the source does. Confined to the clock's thread.
 */
public final class ChannelMeters implements ChannelStats {

    private final MeterRegistry registry;
    private final Counter frames;
    private final Counter characters;
    private final Timer firstSound;
    private final Map<ChannelEvent.Reason, Counter> ended = new EnumMap<>(ChannelEvent.Reason.class);
    private final Counter stalls;
    private final Counter shortages;
    private final Counter skipped;
    private final Counter faulty;
    private final Counter limited;
    private final MixGauges gauges;

    /** Creates the counters in a registry. */
    public ChannelMeters(MeterRegistry registry) {
        this.registry = registry;
        frames = Meters.CHANNEL_FRAMES.counter(registry);
        characters = Meters.UTTERANCE_CHARACTERS.counter(registry);
        firstSound = Meters.UTTERANCE_FIRST_SOUND.timer(registry, Tags.empty());
        for (ChannelEvent.Reason reason : ChannelEvent.Reason.values()) {
            ended.put(reason, Meters.UTTERANCES.counter(registry, reason.name().toLowerCase(Locale.ROOT)));
        }
        stalls = Meters.CHANNEL_STALLS.counter(registry);
        shortages = Meters.MIX_SHORTAGES.counter(registry);
        skipped = Meters.MIX_SKIPPED.counter(registry);
        faulty = Meters.MIX_FAULTY.counter(registry);
        limited = Meters.MIX_LIMITED.counter(registry);
        gauges = new MixGauges(registry);
    }

    /** Registers a gauge of the number of open channels. */
    public void watch(Supplier<Number> channels) {
        Meters.CHANNELS.gauge(registry, channels);
    }

    @Override
    public void released() {
        frames.increment();
    }

    @Override
    public void ended(SpokenUtterance utterance) {
        Objects.requireNonNull(ended.get(utterance.reason())).increment();
        characters.increment((double) utterance.characters());
        if (utterance.untilSound() != null) {
            firstSound.record(utterance.untilSound());
        }
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
