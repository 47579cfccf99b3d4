package dev.stentor.speech.upstream;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One service with its guard in virtual time, and who listens to it. */
final class Exchange implements AutoCloseable {

    static final SpeechRequest REQUEST = SpeechRequest.of("A quarter of a second, and the same again.");
    static final Duration AN_HOUR = Duration.ofHours(1);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    Upstream upstream(SpeechEngine engine) {
        return upstream(engine, 32, 0, 100);
    }

    Upstream upstream(SpeechEngine engine, int maxConcurrent, double requestsPerSecond, int maxWaiting) {
        return new Upstream(
                engine,
                new UpstreamSettings(
                        "cloud", List.of(), maxConcurrent, requestsPerSecond, maxWaiting, Duration.ofSeconds(10), 3),
                time,
                () -> 1);
    }

    Listening heard(SpeechEngine engine, Duration meanwhile) {
        Listening heard = listening(engine);
        time.advanceTimeBy(meanwhile);
        return heard;
    }

    static Listening listening(SpeechEngine engine) {
        return new Listening(engine.speak(REQUEST));
    }

    static Listening listening(SpeechEngine engine, String text) {
        return new Listening(engine.speak(SpeechRequest.of(text)));
    }

    @Override
    public void close() {
        time.dispose();
    }
}
