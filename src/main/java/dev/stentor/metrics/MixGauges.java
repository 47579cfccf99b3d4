package dev.stentor.metrics;

import dev.stentor.channel.ChannelName;
import dev.stentor.mix.Mixer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gauges of the level of each source of each mix, as long as the source exists; channels limit the number of sources. Confined
 * to the clock's thread, except that the gauges are read from any thread.
 */
final class MixGauges {

    private final MeterRegistry registry;
    private final Map<ChannelName, Map<String, Row>> channels = new HashMap<>();

    MixGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Adds and removes gauges so that they match the present sources of a channel, and updates their values. */
    void show(ChannelName channel, List<Mixer.SourceState> states) {
        Map<String, Row> rows = channels.computeIfAbsent(channel, _ -> new HashMap<>());
        Set<String> there = states.stream().map(Mixer.SourceState::name).collect(Collectors.toSet());
        rows.entrySet()
                .removeIf(row -> !there.contains(row.getKey()) && row.getValue().remove());
        for (Mixer.SourceState state : states) {
            rows.computeIfAbsent(state.name(), name -> new Row(channel, name, state)).latest = state;
        }
        if (rows.isEmpty()) {
            channels.remove(channel);
        }
    }

    private final class Row {

        private final List<Gauge> gauges;
        private volatile Mixer.SourceState latest;

        Row(ChannelName channel, String source, Mixer.SourceState first) {
            latest = first;
            Tags tags = Tags.of("channel", channel.value(), "source", source);
            gauges = List.of(
                    gauge(
                            Meters.MIX_SOURCE_LOUDNESS,
                            tags,
                            state -> state.levels().shortTermLufs()),
                    gauge(Meters.MIX_SOURCE_PEAK, tags, state -> state.levels().peakDb()),
                    gauge(
                            Meters.MIX_SOURCE_SHORTAGES,
                            tags,
                            state -> state.counters().shortages()));
        }

        private Gauge gauge(Meters meter, Tags tags, Function<Mixer.SourceState, Number> value) {
            return meter.gauge(registry, tags, () -> value.apply(latest));
        }

        boolean remove() {
            gauges.forEach(registry::remove);
            return true;
        }
    }
}
