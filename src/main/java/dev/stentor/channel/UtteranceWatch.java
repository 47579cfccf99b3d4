package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.clock.TickClock;
import dev.stentor.trace.TraceKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An output that counts frames and measures utterances on their way to another output. Confined to the clock's thread, like every
 * output.
 */
final class UtteranceWatch implements ChannelOutput {

    private final ChannelName channel;
    private final ChannelOutput output;
    private final UtteranceLog log;
    private final TickClock clock;
    private final ChannelStats stats;
    private final ChannelKeeper keeper;
    /** Times in µs of the first sound of utterances that are not over, by id; a second start after a clear does not count. */
    private final Map<String, Long> firstSound = new HashMap<>();

    UtteranceWatch(
            ChannelName channel,
            ChannelOutput output,
            UtteranceLog log,
            TickClock clock,
            ChannelStats stats,
            ChannelKeeper keeper) {
        this.channel = channel;
        this.output = output;
        this.log = log;
        this.clock = clock;
        this.stats = stats;
        this.keeper = keeper;
    }

    @Override
    public void on(ChannelEvent event) {
        switch (event) {
            case Audio _ -> stats.released();
            case UtteranceStarted started -> began(started);
            case UtteranceEnded ended -> ended(ended);
            default -> {}
        }
        output.on(event);
    }

    private void began(UtteranceStarted started) {
        long now = clock.micros();
        firstSound.putIfAbsent(started.id(), now);
        log.find(started.id()).ifPresent(utterance -> utterance.timer.released(now));
        if (output.hasListeners()) {
            log.find(started.id()).ifPresent(utterance -> utterance.charge().sent());
        }
    }

    private void ended(UtteranceEnded ended) {
        Long began = firstSound.remove(ended.id());
        log.find(ended.id()).ifPresent(utterance -> {
            stats.ended(measured(utterance, ended, began));
            trace(utterance, ended);
            if (began != null && output.hasListeners()) {
                utterance.charge().sent(); // somebody came in its midst
            }
            utterance.charge().close();
            keeper.over(utterance.snapshot(channel, Long.MAX_VALUE, clock.micros()));
        });
    }

    @Override
    public void flush() {
        output.flush();
    }

    @Override
    public boolean hasListeners() {
        return output.hasListeners();
    }

    @Override
    public void close() {
        output.close();
    }

    private SpokenUtterance measured(ActiveUtterance utterance, UtteranceEnded ended, @Nullable Long began) {
        return new SpokenUtterance(
                channel,
                ended.id(),
                ended.reason(),
                ended.failure() == null ? null : ended.failure().code(),
                utterance.characters(),
                Duration.ofMillis(SpeechTime.millis(ended.samples())),
                began == null ? null : micros(began - utterance.queuedMicros),
                micros(clock.micros() - utterance.queuedMicros));
    }

    private static void trace(ActiveUtterance utterance, UtteranceEnded ended) {
        if (ended.failure() != null) {
            utterance.span.failed(ended.failure().code());
        }
        utterance
                .span
                .with(TraceKey.CHARACTERS, utterance.characters())
                .with(TraceKey.SAMPLES, ended.samples())
                .with(TraceKey.END, ended.reason().name().toLowerCase(Locale.ROOT))
                .end();
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
