package dev.stentor.metrics;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.speech.upstream.UpstreamStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The meters of speech services, by the names that the configuration gives them. Thread-safe. */
public final class UpstreamMeters implements CallStats {

    private final MeterRegistry registry;

    /** Creates the meters in a registry, one set for each service, when they are first used. */
    public UpstreamMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows the totals and states of services, which do not change their number. */
    public void watch(Supplier<List<UpstreamStats>> services) {
        List<UpstreamStats> known = services.get();
        for (int i = 0; i < known.size(); i++) {
            int service = i;
            Tags name = of(known.get(i).name());
            total(Meters.UPSTREAM_CALLS, name, services, i, UpstreamStats::calls);
            total(Meters.UPSTREAM_FAILURES, name, services, i, UpstreamStats::failures);
            total(Meters.UPSTREAM_RETRIES, name, services, i, UpstreamStats::retries);
            total(Meters.UPSTREAM_THROTTLED, name, services, i, UpstreamStats::throttled);
            var _ = Meters.UPSTREAM_UP.gauge(
                    registry, name, () -> services.get().get(service).state() == UpstreamStats.State.UP ? 1 : 0);
        }
    }

    @Override
    public void began(String upstream, Duration after) {
        Meters.UPSTREAM_FIRST_SOUND.timer(registry, of(upstream)).record(after);
    }

    @Override
    public void ended(String upstream, long bytes, Duration waited) {
        if (!waited.isZero()) {
            double soundNanos = SpeechTime.millis(bytes / PcmFormat.SPEECH.bytesPerFrame()) * 1e6;
            Meters.UPSTREAM_PACE.summary(registry, of(upstream)).record(soundNanos / waited.toNanos());
        }
    }

    private void total(
            Meters meter,
            Tags name,
            Supplier<List<UpstreamStats>> services,
            int service,
            ToLongFunction<UpstreamStats> figure) {
        meter.total(registry, name, () -> figure.applyAsLong(services.get().get(service)));
    }

    private static Tags of(String upstream) {
        return Tags.of("upstream", upstream);
    }
}
