package dev.stentor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** Every meter of this gateway's own. Prometheus writes underscores for the dots, and {@code _total} behind a counter. */
public enum Meters {
    /** Requests that were played from a finished file. */
    ARCHIVE_HITS("stentor.archive.hits", "Requests played from a finished file"),
    /** Requests that joined an equal one still being spoken. */
    ARCHIVE_JOINED("stentor.archive.joined", "Requests that joined an equal one still being spoken"),
    /** Requests that went to the engine. */
    ARCHIVE_MISSES("stentor.archive.misses", "Requests that went to the engine"),
    /** Files that had to go before their time. */
    ARCHIVE_EVICTED("stentor.archive.evicted", "Files deleted before their time to make room"),
    /** Recordings that were given up. */
    ARCHIVE_WRITE_FAILURES("stentor.archive.write.failures", "Recordings given up because of the disk or the bound"),
    /** Calls that were read to their end because their readers had stalled. */
    ARCHIVE_DRAINED("stentor.archive.drained", "Calls of the engine drained into a file because the readers stalled"),
    /** Files that are kept now. */
    ARCHIVE_FILES("stentor.archive.files", "Files kept now"),
    /** What they take. */
    ARCHIVE_BYTES("stentor.archive.bytes", "Bytes taken by files kept or being written"),
    /** Sound that came too late. */
    CHANNEL_STALLS("stentor.channels.stalls", "Times that sound came too late and a channel's timeline moved"),
    /** Sources of mixes that ran dry. */
    MIX_SHORTAGES("stentor.mix.shortages", "Times that a source of a mix ran dry"),
    /** What was thrown away of sources. */
    MIX_SKIPPED("stentor.mix.skipped", "Sound of sources thrown away since too much waited, in milliseconds"),
    /** What was no sound. */
    MIX_FAULTY("stentor.mix.faulty", "Samples of sources that were no numbers, or too large"),
    /** What was too loud. */
    MIX_LIMITED("stentor.mix.limited", "Sound of mixes that the limiter made quieter, in milliseconds"),
    /** How loud each source of a mix is. */
    MIX_SOURCE_LOUDNESS("stentor.mix.source.loudness", "Loudness of a source's last 3 s, after all gains, in LUFS"),
    /** How far each source of a mix goes. */
    MIX_SOURCE_PEAK("stentor.mix.source.peak", "Peak of a source's last 20 ms, after all gains, in dB of full scale"),
    /** How often each source of a mix ran dry. */
    MIX_SOURCE_SHORTAGES("stentor.mix.source.shortages", "Times that a source ran dry since it began"),
    /** Streams that gave nothing for too long. */
    SOURCE_STALLS("stentor.source.stalls", "Streams that gave nothing for too long"),
    /** Streams that were fetched again. */
    SOURCE_RECONNECTS("stentor.source.reconnects", "Streams that were fetched again after they broke off"),
    /** Streams that the rules forbid. */
    SOURCE_REFUSED("stentor.source.refused", "Streams that were not fetched, since the rules forbid it"),
    /** Sound that lies ready to be mixed in. */
    SOUND_SECONDS("stentor.sounds.seconds", "Seconds of sound that lie ready to be mixed in"),
    /** How often listeners lost sound, by cause. */
    LISTENER_GAPS("stentor.listeners.gaps", "Runs of sound lost to a listener"),
    /** How much they lost, by cause. */
    LISTENER_SKIPPED("stentor.listeners.skipped", "Sound lost to listeners, in milliseconds"),
    /** Who listens now. */
    LISTENERS("stentor.listeners", "Connections that listen now"),
    /** Frames of channels that were encoded as Opus. */
    OPUS_FRAMES("stentor.opus.frames", "Frames of channels encoded as Opus"),
    /** What that took. */
    OPUS_MICROS("stentor.opus.micros", "Microseconds that workers spent on encoding"),
    /** Frames that went out as silence because the workers were too far behind. */
    OPUS_LATE("stentor.opus.late", "Frames sent as silence because the workers were too far behind"),
    /** Frames that went out as silence because the encoder failed. */
    OPUS_FAILED("stentor.opus.failed", "Frames sent as silence because the encoder failed"),
    /** Frames that wait for a worker now. */
    OPUS_WAITING("stentor.opus.waiting", "Frames that wait for a worker now");

    private final String meter;
    private final String description;

    Meters(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    /** Its name, as Micrometer has it. */
    public String meter() {
        return meter;
    }

    Counter counter(MeterRegistry registry) {
        return Counter.builder(meter).description(description).register(registry);
    }

    /** One of several that differ in their cause. */
    Counter counter(MeterRegistry registry, String cause) {
        return Counter.builder(meter)
                .description(description)
                .tag("cause", cause)
                .register(registry);
    }

    /** One of several that differ in their tags; what the supplier refers to is kept alive by this. */
    Gauge gauge(MeterRegistry registry, Tags tags, Supplier<Number> value) {
        return Gauge.builder(meter, value).description(description).tags(tags).register(registry);
    }

    /** What the supplier refers to is kept alive by this. */
    void gauge(MeterRegistry registry, Supplier<Number> value) {
        var _ = Gauge.builder(meter, value).description(description).register(registry);
    }
}
