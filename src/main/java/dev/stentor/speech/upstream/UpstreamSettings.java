package dev.stentor.speech.upstream;

import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;

/**
 * How one upstream is treated.
 *
 * @param name for the log and for health
 * @param models those that it is asked for; empty means all
 * @param maxConcurrent calls at once
 * @param requestsPerSecond calls begun in a second, evenly spread; zero means no limit
 * @param maxWaiting callers that may wait for a place
 * @param longestWait for a place, and for a service that says when it may be asked again
 * @param tries calls for one request, the first included
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

    /** Returns the defaults: any model, 32 calls at once, 3 a second (the documented limit of the strictest models), 100 waiting up to 10 s, 3 tries. */
    static UpstreamSettings of(String name) {
        return new UpstreamSettings(name, List.of(), 32, 3, 100, Duration.ofSeconds(10), 3);
    }

    /** Tells whether it is asked for such a request; one without a model is spoken with the service's default. */
    boolean take(SpeechRequest request) {
        return models.isEmpty() || request.model() == null || models.contains(request.model());
    }

    /** Returns the time from the begin of one call to that of the next; zero if there is no limit. */
    Duration pace() {
        return requestsPerSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (NANOS_PER_SECOND / requestsPerSecond));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
