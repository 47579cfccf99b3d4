package dev.stentor.speech.upstream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The times of one call: when its first sound came, and how long sound that was wanted was waited for. Time in which nobody wants more,
 * since enough is there, does not count. Confined to the signals of its subscription, but for the demand, which is atomic.
 */
final class TimedCall {

    private final String upstream;
    private final CallStats stats;
    private final Scheduler timer;
    private final long beginNanos;
    private final AtomicLong wanted = new AtomicLong();
    private volatile long wantedSinceNanos;
    private long waitedNanos;
    private long bytes;

    private TimedCall(String upstream, CallStats stats, Scheduler timer) {
        this.upstream = upstream;
        this.stats = stats;
        this.timer = timer;
        this.beginNanos = now();
    }

    /** Returns the same audio, whose call is measured from its subscription on. */
    static Flux<ByteBuffer> of(Flux<ByteBuffer> audio, String upstream, CallStats stats, Scheduler timer) {
        return Flux.defer(() -> {
            var call = new TimedCall(upstream, stats, timer);
            return audio.doOnRequest(call::requested).doOnNext(call::received).doOnComplete(call::ended);
        });
    }

    private void requested(long more) {
        long before = wanted.getAndUpdate(now -> now + more < 0 ? Long.MAX_VALUE : now + more);
        if (before == 0) {
            wantedSinceNanos = now();
        }
    }

    private void received(ByteBuffer sound) {
        long now = now();
        if (bytes == 0 && sound.hasRemaining()) {
            stats.began(upstream, Duration.ofNanos(now - beginNanos));
        }
        bytes += sound.remaining();
        waitedNanos += Math.max(0, now - wantedSinceNanos);
        wantedSinceNanos = now;
        wanted.updateAndGet(left -> left == Long.MAX_VALUE ? left : Math.max(0, left - 1));
    }

    private void ended() {
        stats.ended(upstream, bytes, Duration.ofNanos(waitedNanos));
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
