package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.reading.LiveText;
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
    private final LiveText live;
    private final Scheduler work;
    private final PrefetchGate gate;

    /** @param work where the engine is subscribed to */
    Prefetcher(UtteranceQueue queue, TickClock clock, SpeechEngine engine, Scheduler work, ChannelSettings settings) {
        this.queue = queue;
        this.clock = clock;
        this.engine = engine;
        this.live = new LiveText(
                engine, settings.writing().ahead(), settings.writing().pauses());
        this.work = work;
        this.gate = new PrefetchGate(settings.prefetch());
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

    private Speech speech(ActiveUtterance turn) {
        return turn.open == null ? turn.of(engine.speak(turn.request())) : live.speak(turn.order.request(), turn.open);
    }

    private void begin(ActiveUtterance turn) {
        var reception = new EngineSubscriber(clock, turn.intake);
        turn.begin(reception);
        Flux.defer(() -> reception.soundOf(speech(turn))).subscribeOn(work).subscribe(reception);
    }
}
