package dev.stentor.speech.upstream;

import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;

/**
 * The settings of one upstream.
 *
 * @param name name in the log and in the health report
 * @param models models that are requested there; empty means all
 * @param maxConcurrent most calls at once
 * @param requestsPerSecond most calls that begin in a second, evenly spread; zero means no limit
 * @param maxWaiting most callers that wait for a place
 * @param longestWait longest wait for a place, and for a service that says when it may be called again
 * @param tries most calls for one request, including the first
 */
public record UpstreamSettings(
        String name,
        List<String> models,
        int maxConcurrent,
        double requestsPerSecond,
        int maxWaiting,
        Duration longestWait,
        int tries) {

    private static final double NANOS_PER_SECOND = 1e9;

    public UpstreamSettings {
        models = List.copyOf(models);
        require(!name.isBlank(), "name must not be blank");
        require(maxConcurrent > 0, "maxConcurrent must be positive, was " + maxConcurrent);
        require(
                requestsPerSecond == 0 || (requestsPerSecond >= 0.001 && requestsPerSecond <= 1e6),
                "requestsPerSecond must be 0 or from 0.001 to 1,000,000, was " + requestsPerSecond);
        require(maxWaiting >= 0, "maxWaiting must not be negative, was " + maxWaiting);
        require(longestWait.isPositive(), "longestWait must be positive, was " + longestWait);
        require(tries > 0, "tries must be positive, was " + tries);
    }

    /**
     * Returns the defaults: any model, 32 calls at once, 3 a second (the documented limit of the strictest models), 100 waiting
     * up to 10 s, 3 tries.
     */
    static UpstreamSettings of(String name) {
        return new UpstreamSettings(name, List.of(), 32, 3, 100, Duration.ofSeconds(10), 3);
    }

    /** Tells whether this upstream takes the request's model; without a model the service's default is used. */
    public boolean take(SpeechRequest request) {
        return models.isEmpty() || request.model() == null || models.contains(request.model());
    }

    /** Returns the time between the starts of two calls; zero if there is no limit. */
    Duration pace() {
        return requestsPerSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (NANOS_PER_SECOND / requestsPerSecond));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
