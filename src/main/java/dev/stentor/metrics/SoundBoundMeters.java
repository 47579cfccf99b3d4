package dev.stentor.metrics;

import dev.stentor.speech.reading.SoundBoundStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meter of texts whose sound was cut at a bound. Thread-safe. */
public final class SoundBoundMeters implements SoundBoundStats {

    private final Counter overlong;

    /** Creates the meter in that registry. */
    public SoundBoundMeters(MeterRegistry registry) {
        overlong = Meters.SPEECH_OVERLONG.counter(registry);
    }

    @Override
    public void overlong() {
        overlong.increment();
    }
}
