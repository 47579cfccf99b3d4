package dev.stentor.speech.upstream;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One service with its guard in virtual time, and its listener. */
final class Exchange implements AutoCloseable {

    static final SpeechRequest REQUEST = SpeechRequest.of("A quarter of a second, and the same again.");
    static final Duration AN_HOUR = Duration.ofHours(1);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    /** Takes the times of calls; to be set before an upstream is made. */
    CallStats stats = CallStats.NONE;

    Upstream upstream(SpeechEngine engine) {
        return upstream(engine, 32, 0, 100);
    }

    Upstream upstream(SpeechEngine engine, int maxConcurrent, double requestsPerSecond, int maxWaiting) {
        return new Upstream(
                engine,
                new UpstreamSettings(
                        "cloud", List.of(), maxConcurrent, requestsPerSecond, maxWaiting, Duration.ofSeconds(10), 3),
                _ -> true,
                time,
                stats,
                () -> 1);
    }

    /** Returns an engine that calls this service alone. */
    static SpeechEngine alone(Upstream upstream) {
        return new Failover(List.of(upstream));
    }

    Listening heard(Upstream upstream, Duration meanwhile) {
        Listening heard = listening(upstream);
        time.advanceTimeBy(meanwhile);
        return heard;
    }

    Listening heard(List<Upstream> upstreams, Duration meanwhile) {
        Listening heard = new Listening(new Failover(upstreams).speak(REQUEST));
        time.advanceTimeBy(meanwhile);
        return heard;
    }

    static Listening listening(Upstream upstream) {
        return new Listening(alone(upstream).speak(REQUEST));
    }

    static Listening listening(Upstream upstream, String text) {
        return new Listening(alone(upstream).speak(SpeechRequest.of(text)));
    }

    @Override
    public void close() {
        time.dispose();
    }
}
