package dev.stentor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All meters of the gateway. Prometheus writes underscores for the dots, and {@code _total} after the name of a counter. */
enum Meters {
    /** Utterances that are over, by the reason of their end. */
    UTTERANCES("stentor.utterances", "Utterances that are over"),
    /** Characters of utterances that are over. */
    UTTERANCE_CHARACTERS("stentor.utterances.characters", "Characters of utterances that are over"),
    /** Time from the request for an utterance to its first sound. */
    UTTERANCE_FIRST_SOUND(
            "stentor.utterances.first.sound", "Time from the request for an utterance to its first sound"),
    /** Frames that were released, each once, however many listen. */
    CHANNEL_FRAMES("stentor.channels.frames", "Frames of 20 ms released, each once, however many listen"),
    /** Number of channels that are open. */
    CHANNELS("stentor.channels", "Channels that are open now"),
    /** Calls of a service. */
    UPSTREAM_CALLS("stentor.upstream.calls", "Calls of a service, new attempts included"),
    /** Calls of a service that failed. */
    UPSTREAM_FAILURES("stentor.upstream.failures", "Calls of a service that failed"),
    /** Calls of a service because another had failed. */
    UPSTREAM_RETRIES("stentor.upstream.retries", "Calls of a service made since another had failed"),
    /** Calls of a service that were refused as too many. */
    UPSTREAM_THROTTLED("stentor.upstream.throttled", "Calls refused as too many, by the service or before it"),
    /** 1 if a service works as far as is known, else 0. */
    UPSTREAM_UP("stentor.upstream.up", "1 if the service works as far as is known, else 0"),
    /** Time from a call to its first sound. */
    UPSTREAM_FIRST_SOUND("stentor.upstream.first.sound", "Time from a call of a service to its first sound"),
    /** Sound in the time that it was waited for. */
    UPSTREAM_PACE("stentor.upstream.pace", "Sound of a call divided by the time it was waited for; below 1 it stalls"),
    /** Lateness of the clock's thread. */
    CLOCK_LATENESS("stentor.clock.lateness", "Time by which the clock's thread runs what is due too late"),
    /** Lateness of the event loops. */
    LOOP_LATENESS("stentor.loops.lateness", "Time by which event loops run their tasks too late"),
    /** 1 while new work is refused, else 0. */
    OVERLOAD("stentor.overload", "1 while new work is refused since there is too much to do, else 0"),
    /** New work that was refused under overload, by kind. */
    OVERLOAD_REFUSED("stentor.overload.refused", "New work refused since there was too much to do"),
    /** Memory outside the heap that buffers take, in bytes. */
    MEMORY_DIRECT("stentor.memory.direct", "Bytes of direct memory that buffers take"),
    /** Limit of that memory, in bytes. */
    MEMORY_DIRECT_MAX("stentor.memory.direct.max", "Most bytes of direct memory that buffers may take"),
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
    /** Texts whose sound was cut, because an engine gave more than the text can need. */
    SPEECH_OVERLONG("stentor.speech.overlong", "Texts whose sound was cut because it was too long for them"),
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
    /** Messages that were given to the sockets of listeners. */
    LISTENER_MESSAGES("stentor.listeners.messages", "Messages given to listeners' sockets, one for each listener"),
    /** Time from an open connection to the welcome, by format. */
    LISTENER_JOINS("stentor.listeners.joins", "Time from an open connection to the welcome"),
    /** Sound by which players are behind, by their reports. */
    LISTENER_LAG("stentor.listeners.lag", "Sound by which a player is behind what was released, by its reports"),
    /** Times that players ran dry, by their reports. */
    LISTENER_UNDERRUNS("stentor.listeners.underruns", "Times that players ran dry, by their reports"),
    /** Connections of listeners that the gateway closed, by cause. */
    LISTENERS_CLOSED("stentor.listeners.closed", "Connections of listeners that were closed or turned away"),
    /** Commands of listeners that were refused. */
    LISTENERS_REFUSED("stentor.listeners.refused", "Commands of listeners that were refused"),
    /** Frames of channels that were encoded as Opus. */
    OPUS_FRAMES("stentor.opus.frames", "Frames of channels encoded as Opus"),
    /** Time that workers spent on encoding, in microseconds. */
    OPUS_MICROS("stentor.opus.micros", "Microseconds that workers spent on encoding"),
    /** Frames that went out as silence because the workers were too far behind. */
    OPUS_LATE("stentor.opus.late", "Frames sent as silence because the workers were too far behind"),
    /** Frames that went out as silence because the encoder failed. */
    OPUS_FAILED("stentor.opus.failed", "Frames sent as silence because the encoder failed"),
    /** Frames of 20 ms that were encoded as MP3. */
    MP3_FRAMES("stentor.mp3.frames", "Frames of channels encoded as MP3"),
    /** Time that workers spent on MP3, in microseconds. */
    MP3_MICROS("stentor.mp3.micros", "Microseconds that workers spent on encoding MP3"),
    /** Frames that were left out because the workers were too far behind. */
    MP3_LATE("stentor.mp3.late", "Frames left out of MP3 because the workers were too far behind"),
    /** Frames that were left out because the encoder failed. */
    MP3_FAILED("stentor.mp3.failed", "Frames left out of MP3 because the encoder failed"),
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
    /** Things that were refused because a caller had used too much, by kind. */
    QUOTA_REFUSED("stentor.quota.refused", "Things refused because a caller had used as much as it may"),
    /** Characters of callers, by what became of them. */
    USAGE_CHARACTERS("stentor.usage.characters", "Characters of callers, by what became of them"),
    /** Characters that are reserved for texts, of callers with a limit. */
    USAGE_RESERVED("stentor.usage.reserved", "Characters reserved now for texts of callers with a limit"),
    /** Tries to write usage to its file that went wrong. */
    USAGE_JOURNAL_FAILURES("stentor.usage.journal.failures", "Tries to write usage to its file that went wrong"),
    /** 1 while usage is kept in memory alone, since its file cannot be used, else 0. */
    USAGE_JOURNAL_FAILING("stentor.usage.journal.failing", "1 while the file of usage cannot be used, else 0"),
    /** Number of tickets that can still be used. */
    TICKETS("stentor.access.tickets", "Tickets that can still be used"),
    /** Bytes that wait for clients to take them, in all connections together. */
    CONNECTIONS_PENDING("stentor.connections.pending.bytes", "Bytes that wait for clients to take them"),
    /** Number of connections for which something waits. */
    CONNECTIONS_BLOCKED("stentor.connections.blocked", "Connections whose clients do not take what is sent"),
    /** Errors because direct memory was full. */
    DIRECT_MEMORY_FAILURES("stentor.memory.direct.failures", "Errors because direct memory was full"),
    /** Connections that were closed after a request that was no HTTP. */
    CONNECTIONS_MALFORMED("stentor.connections.malformed", "Connections closed after a malformed request"),
    /** Connections that could not be accepted, because there was no file handle left. */
    CONNECTIONS_NOT_ACCEPTED("stentor.connections.not.accepted", "Connections not accepted, for want of file handles"),
    /** 1 while the cluster's Redis can be reached, or if there is no cluster, else 0. */
    CLUSTER_CONNECTED("stentor.cluster.connected", "1 if the cluster's Redis can be reached or is not used, else 0"),
    /** Entries of this node's channels that were stored for the other nodes. */
    CLUSTER_APPENDED("stentor.cluster.appended", "Entries of this node's channels stored for the other nodes"),
    /** Time from an entry's publication on its channel until it was stored. */
    CLUSTER_APPEND_DELAY("stentor.cluster.append.delay", "Time from an entry's publication until it was stored"),
    /** Entries that were given up before they were stored. */
    CLUSTER_NOT_STORED("stentor.cluster.not.stored", "Entries given up, since the cluster was away for too long"),
    /** Channels of this node that another node has taken. */
    CLUSTER_FENCED("stentor.cluster.fenced", "Channels of this node that another node has taken"),
    /** Entries that did not arrive live. */
    CLUSTER_FILLED("stentor.cluster.filled", "Entries of other nodes that did not arrive live, and were fetched"),
    /** Times that a channel's history had lost entries. */
    CLUSTER_LOST("stentor.cluster.lost", "Times that entries of other nodes were lost, also in the history"),
    /** Steps of traces that ended, by what became of them. */
    TRACE_STEPS("stentor.traces.steps", "Steps of traces that ended, by what became of them"),
    /** Number of frames that wait for a worker. */
    OPUS_WAITING("stentor.opus.waiting", "Frames that wait for a worker now"),
    /** Frames that wait to be encoded as MP3. */
    MP3_WAITING("stentor.mp3.waiting", "Frames that wait to be encoded as MP3 now"),
    /** Number of processes that encode AAC. */
    AAC_PROCESSES("stentor.aac.processes", "Processes that encode answers in AAC now"),
    /** Answers in AAC that were refused because all processes were in use. */
    AAC_REFUSED("stentor.aac.refused", "Answers in AAC refused since all processes were in use"),
    /** Answers in AAC whose process failed. */
    AAC_FAILED("stentor.aac.failed", "Answers in AAC whose process failed");

    /** Upper bounds of the buckets of timers, from a frame to the longest patience. */
    private static final Duration[] BUCKETS = Stream.of(
                    5, 20, 50, 100, 200, 400, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

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

    /** Registers a timer with buckets, from which quantiles over many gateways can be computed. */
    Timer timer(MeterRegistry registry, Tags tags) {
        return Timer.builder(meter)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Registers a distribution of ratios around 1. */
    DistributionSummary summary(MeterRegistry registry, Tags tags) {
        return DistributionSummary.builder(meter)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(0.5, 0.8, 1, 1.2, 1.5, 2, 3, 5, 10, 20)
                .register(registry);
    }

    /** Registers a counter whose total is kept elsewhere. The registry keeps the supplier strongly reachable. */
    void total(MeterRegistry registry, Tags tags, LongSupplier total) {
        var _ = FunctionCounter.builder(
                        meter, this, _ -> total.getAsLong()) // the object is kept weakly, the function is not
                .description(description)
                .tags(tags)
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
