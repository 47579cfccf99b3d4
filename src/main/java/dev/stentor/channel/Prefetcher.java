package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.Speech;
import dev.stentor.speech.reading.LiveText;
import dev.stentor.speech.SpeechEngine;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Has the utterances of a queue spoken by an engine, one after the other, up to a bound ahead of their release. Confined to the
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

    /** Applies the new bound at once, and the new rules for open texts to those that are begun from now on. */
    void change(ChannelSettings settings) {
        gate.boundBy(settings.prefetch());
        live = live(settings.writing());
    }

    /**
     * Keeps one engine stream busy: the earliest that still has something to give, while there is room. What waits behind it takes
     * up no room: it would never be spoken, were the one before it not fetched.
     */
    void goOn() {
        Optional<ActiveUtterance> next = queue.firstToReceive();
        if (next.isPresent() && gate.isOpen(queue.bufferedSamplesUpTo(next.get()))) {
            ActiveUtterance turn = next.get();
            if (turn.intake.hasBegun()) {
                turn.intake.ask();
            } else {
                begin(turn);
            }
        }
    }

    private LiveText live(OpenTextSettings writing) {
        return new LiveText(engine, writing.ahead(), writing.pauses());
    }

    private void begin(ActiveUtterance turn) {
        var reception = new EngineSubscriber(clock, turn.intake);
        turn.begin(reception);
        LiveText now = live; // read here: what follows runs on another thread
        Flux.defer(() -> reception.soundOf(turn.speak(engine, now))).subscribeOn(work).subscribe(reception);
    }
}
