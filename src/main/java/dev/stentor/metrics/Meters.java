package dev.stentor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** All meters of the gateway. Prometheus writes underscores for the dots, and {@code _total} after the name of a counter. */
enum Meters {
    /** Requests that were played from a finished file. */
    ARCHIVE_HITS("stentor.archive.hits", "Requests played from a finished file"),
    /** Requests that joined an equal one still being spoken. */
    ARCHIVE_JOINED("stentor.archive.joined", "Requests that joined an equal one still being spoken"),
    /** Requests that went to the engine. */
    ARCHIVE_MISSES("stentor.archive.misses", "Requests that went to the engine"),
    /** Files that were deleted before their time to make room. */
    ARCHIVE_EVICTED("stentor.archive.evicted", "Files deleted before their time to make room"),
    /** Recordings that were given up because of the disk or the size limit. */
    ARCHIVE_WRITE_FAILURES("stentor.archive.write.failures", "Recordings given up because of the disk or the bound"),
    /** Calls of the engine that were read to their end into a file, because their readers had stalled. */
    ARCHIVE_DRAINED("stentor.archive.drained", "Calls of the engine drained into a file because the readers stalled"),
    /** Number of files at present. */
    ARCHIVE_FILES("stentor.archive.files", "Files kept now"),
    /** Size of the files that are kept or being written, in bytes. */
    ARCHIVE_BYTES("stentor.archive.bytes", "Bytes taken by files kept or being written"),
    /** Times that sound came too late, so that a channel's timeline moved. */
    CHANNEL_STALLS("stentor.channels.stalls", "Times that sound came too late and a channel's timeline moved"),
    /** Times that a source had no sound when its mix needed it. */
    MIX_SHORTAGES("stentor.mix.shortages", "Times that a source of a mix ran dry"),
    /** Sound of sources that was thrown away because too much waited, in milliseconds. */
    MIX_SKIPPED("stentor.mix.skipped", "Sound of sources thrown away since too much waited, in milliseconds"),
    /** Samples of sources that were not numbers, or too large. */
    MIX_FAULTY("stentor.mix.faulty", "Samples of sources that were no numbers, or too large"),
    /** Sound of mixes that the limiter reduced, in milliseconds. */
    MIX_LIMITED("stentor.mix.limited", "Sound of mixes that the limiter made quieter, in milliseconds"),
    /** Loudness of each source of a mix, in LUFS. */
    MIX_SOURCE_LOUDNESS("stentor.mix.source.loudness", "Loudness of a source's last 3 s, after all gains, in LUFS"),
    /** Peak of each source of a mix, in dB of full scale. */
    MIX_SOURCE_PEAK("stentor.mix.source.peak", "Peak of a source's last 20 ms, after all gains, in dB of full scale"),
    /** Times that each source of a mix had no sound when the mix needed it. */
    MIX_SOURCE_SHORTAGES("stentor.mix.source.shortages", "Times that a source ran dry since it began"),
    /** Streams that delivered nothing for too long. */
    SOURCE_STALLS("stentor.source.stalls", "Streams that gave nothing for too long"),
    /** Streams that were fetched again after they broke off. */
    SOURCE_RECONNECTS("stentor.source.reconnects", "Streams that were fetched again after they broke off"),
    /** Streams that were not fetched because the rules forbid it. */
    SOURCE_REFUSED("stentor.source.refused", "Streams that were not fetched, since the rules forbid it"),
    /** Sound in memory that is ready to be mixed in, in seconds. */
    SOUND_SECONDS("stentor.sounds.seconds", "Seconds of sound that lie ready to be mixed in"),
    /** Times that a listener lost sound, by cause. */
    LISTENER_GAPS("stentor.listeners.gaps", "Runs of sound lost to a listener"),
    /** Sound lost to listeners, in milliseconds, by cause. */
    LISTENER_SKIPPED("stentor.listeners.skipped", "Sound lost to listeners, in milliseconds"),
    /** Number of connections that listen. */
    LISTENERS("stentor.listeners", "Connections that listen now"),
    /** Frames of channels that were encoded as Opus. */
    OPUS_FRAMES("stentor.opus.frames", "Frames of channels encoded as Opus"),
    /** Time that workers spent on encoding, in microseconds. */
    OPUS_MICROS("stentor.opus.micros", "Microseconds that workers spent on encoding"),
    /** Frames that went out as silence because the workers were too far behind. */
    OPUS_LATE("stentor.opus.late", "Frames sent as silence because the workers were too far behind"),
    /** Frames that went out as silence because the encoder failed. */
    OPUS_FAILED("stentor.opus.failed", "Frames sent as silence because the encoder failed"),
    /** Messages after which a client was not read for a while. */
    LISTENERS_SLOWED_DOWN("stentor.listeners.slowed.down", "Messages after which a client was not read for a while"),
    /** Connections that were cut because too much waited for their clients. */
    LISTENERS_OVERFLOWED("stentor.listeners.overflowed", "Connections cut because too much waited for their clients"),
    /** Number of connections that are open. */
    CONNECTIONS("stentor.connections", "Connections that are open now"),
    /** Connections that were closed as soon as they were opened, by cause. */
    CONNECTIONS_REFUSED("stentor.connections.refused", "Connections closed at once, since there were too many"),
    /** Connections that were closed because the client was too slow, by what it was too slow with. */
    CONNECTIONS_TIMED_OUT("stentor.connections.timed.out", "Connections closed because the client was too slow"),
    /** Requests, handshakes and commands that were refused, by cause and way. */
    ACCESS_REFUSED("stentor.access.refused", "Requests, handshakes and commands refused for lack of a right"),
    /** Number of tickets that can still be used. */
    TICKETS("stentor.access.tickets", "Tickets that can still be used"),
    /** Number of frames that wait for a worker. */
    OPUS_WAITING("stentor.opus.waiting", "Frames that wait for a worker now");

    private final String meter;
    private final String description;

    Meters(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    /** Returns the name of the meter in Micrometer's form, with dots. */
    String meter() {
        return meter;
    }

    Counter counter(MeterRegistry registry) {
        return Counter.builder(meter).description(description).register(registry);
    }

    /** Registers a counter that differs from its siblings in the tag {@code cause}. */
    Counter counter(MeterRegistry registry, String cause) {
        return Counter.builder(meter)
                .description(description)
                .tag("cause", cause)
                .register(registry);
    }

    /** Registers a counter that differs from its siblings in the tags {@code cause} and {@code way}. */
    Counter counter(MeterRegistry registry, String cause, String way) {
        return Counter.builder(meter)
                .description(description)
                .tag("cause", cause)
                .tag("way", way)
                .register(registry);
    }

    /** Registers a gauge that differs from its siblings in its tags. The registry keeps the supplier strongly reachable. */
    Gauge gauge(MeterRegistry registry, Tags tags, Supplier<Number> value) {
        return Gauge.builder(meter, value).description(description).tags(tags).register(registry);
    }

    /** Registers a gauge. The registry keeps the supplier strongly reachable. */
    void gauge(MeterRegistry registry, Supplier<Number> value) {
        var _ = Gauge.builder(meter, value).description(description).register(registry);
    }
}
