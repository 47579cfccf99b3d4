package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.reading.LiveText;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Fetches the sound of a queue's utterances from an engine, one after the other, up to a bound ahead of their release. Confined to the
 * clock's thread.
 */
final class Prefetcher {

    private final UtteranceQueue queue;
    private final TickClock clock;
    private final SpeechEngine engine;
    private LiveText live;
    private final Scheduler work;
    private final PrefetchGate gate;

    /** @param work where the engine is subscribed to */
    Prefetcher(UtteranceQueue queue, TickClock clock, SpeechEngine engine, Scheduler work, ChannelSettings settings) {
        this.queue = queue;
        this.clock = clock;
        this.engine = engine;
        this.live = live(settings.writing());
        this.work = work;
        this.gate = new PrefetchGate(settings.prefetch());
    }

    /** Applies a new bound at once, and new rules for open texts to those that are begun from now on. */
    void change(ChannelSettings settings) {
        gate.boundBy(settings.prefetch());
        live = live(settings.writing());
    }

    /**
     * Asks for more sound of the first utterance that has not arrived whole, if the buffer has room for it. Utterances behind it do not
     * count: it would never be spoken if they kept it from being fetched.
     */
    void fetch() {
        Optional<ActiveUtterance> next = queue.firstToReceive();
        if (next.isPresent() && gate.isOpen(queue.bufferedSamplesUpTo(next.get()))) {
            ActiveUtterance utterance = next.get();
            if (utterance.intake.hasBegun()) {
                utterance.intake.ask();
            } else {
                begin(utterance);
            }
        }
    }

    private LiveText live(OpenTextSettings writing) {
        return new LiveText(engine, writing.ahead(), writing.pauses(), writing.bound());
    }

    private void begin(ActiveUtterance utterance) {
        Context context = utterance.span.putIn(Context.empty());
        var subscriber = new EngineSubscriber(clock, utterance.frames, utterance.intake, context);
        utterance.begin(subscriber, clock.micros());
        LiveText now = live; // read here: the rest runs on another thread
        Flux.defer(() -> subscriber.soundOf(utterance.speak(engine, now)))
                .subscribeOn(work)
                .subscribe(subscriber);
    }
}
