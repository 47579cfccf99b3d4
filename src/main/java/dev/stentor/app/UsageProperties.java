package dev.stentor.app;

import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.Quotas;
import java.util.function.LongSupplier;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of what one caller with a name may use, under {@code gateway.usage}.
 *
 * @param requestsPerSecond requests, handshakes and commands of a caller; default 0, which means no limit; else at least 0.001
 * @param requestBurst how many of a caller may come at once, must be positive; default 20
 */
record UsageProperties(
        @DefaultValue("0") double requestsPerSecond,
        @DefaultValue("20") int requestBurst) {

    UsageProperties {
        if (requestsPerSecond != 0 && !(requestsPerSecond >= 0.001 && requestsPerSecond <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "gateway.usage.requests-per-second must be 0, or 0.001 to 1000000, was " + requestsPerSecond);
        }
        if (requestBurst < 1) {
            throw new IllegalArgumentException("gateway.usage.request-burst must be positive, was " + requestBurst);
        }
    }

    Quotas quotas(LongSupplier micros) {
        return requestsPerSecond == 0 ? Quotas.NONE : new LocalQuotas(requestsPerSecond, requestBurst, micros);
    }
}
