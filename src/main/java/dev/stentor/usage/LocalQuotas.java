package dev.stentor.usage;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Limits that this process counts alone, from its start on. Thread-safe. */
public final class LocalQuotas implements Quotas {

    private final RateByName requests;

    /**
     * Creates limits of which nothing is used.
     *
     * @param requestsPerSecond requests of each caller; must be positive
     * @param burst requests of a caller that may come at once; must be positive
     * @param micros the time, from any origin
     */
    public LocalQuotas(double requestsPerSecond, int burst, LongSupplier micros) {
        requests = new RateByName(Duration.ofNanos(Math.round(1e9 / requestsPerSecond)), burst, micros);
    }

    @Override
    public Mono<Duration> request(String caller) {
        return Mono.fromSupplier(() -> requests.count(caller));
    }
}
