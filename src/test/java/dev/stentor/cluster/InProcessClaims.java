package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Claims of requests that several nodes in one process share. A test can take them away. Answers at once. Thread-safe. */
public final class InProcessClaims implements RequestClaims {

    private final TickClock clock;
    private final Map<String, Claim> claims = new HashMap<>();
    private boolean away;

    private record Claim(String archive, long untilMicros) {}

    public InProcessClaims(TickClock clock) {
        this.clock = clock;
    }

    /** Takes the claims out of reach, or gives them back. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public Mono<String> claim(String request, String archive, Duration ttl, @Nullable String failed) {
        return Mono.fromSupplier(() -> claimed(request, archive, ttl, failed));
    }

    private synchronized String claimed(String request, String archive, Duration ttl, @Nullable String failed) {
        requireThere();
        Claim known = claims.get(request);
        if (known != null
                && known.untilMicros() > clock.micros()
                && !known.archive().equals(archive)
                && !known.archive().equals(failed)) {
            return known.archive();
        }
        claims.put(request, new Claim(archive, clock.micros() + ttl.toNanos() / 1_000));
        return archive;
    }

    @Override
    public Mono<Void> release(String request, String archive) {
        return Mono.fromRunnable(() -> released(request, archive));
    }

    private synchronized void released(String request, String archive) {
        requireThere();
        var _ = claims.computeIfPresent(request, (_, claim) -> claim.archive().equals(archive) ? null : claim);
    }

    private void requireThere() {
        if (away) {
            throw new BusException("away", new IllegalStateException("taken away by the test"));
        }
    }
}
