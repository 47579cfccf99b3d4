package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps a channel going: does all that can be done by now, at each tick for as long as there is something to do, and at once where
 * listeners wait. Confined to the clock's thread.
 */
final class PlayLoop {

    private final TickClock clock;
    private final UtteranceQueue queue;
    private final Prefetcher fetching;
    private final Playback playback;
    private final ChannelOutput output;
    private final Supplier<Duration> patience;
    private final Runnable idle;
    private boolean ticking;
    private boolean over;

    /**
     * Stands still.
     *
     * @param patience for how long an engine may owe something, now
     * @param idle called whenever all is done
     */
    PlayLoop(
            TickClock clock,
            UtteranceQueue queue,
            Prefetcher fetching,
            Playback playback,
            ChannelOutput output,
            Supplier<Duration> patience,
            Runnable idle) {
        this.clock = clock;
        this.queue = queue;
        this.fetching = fetching;
        this.playback = playback;
        this.output = output;
        this.patience = patience;
        this.idle = idle;
    }

    /** Whether it stands still for good. */
    boolean isOver() {
        return over;
    }

    /** Stands still for good. */
    void stop() {
        over = true;
    }

    /** Does all that is to be done now. */
    void serve(long nowMicros) {
        fetching.goOn();
        while (playback.step(nowMicros)) {
            fetching.goOn();
        }
        playback.updatePhase(nowMicros);
        output.flush();
    }

    /** There may be something to do again: does it, and the rest with the ticks to come. */
    void wake(long nowMicros) {
        serve(nowMicros);
        if (!ticking && isBusy()) {
            ticking = true;
            clock.activate(this::tick);
        }
    }

    /** Something arrived: it goes out at once if listeners wait for it, else on the grid. */
    void advance() {
        if (over) {
            return;
        }
        long now = clock.micros();
        if (playback.isDry(now)) {
            serve(now);
        } else {
            fetching.goOn();
        }
    }

    private boolean tick(long nowMicros) {
        if (over) {
            return false;
        }
        giveUpSilent(nowMicros);
        playback.expire(nowMicros);
        playback.settleCancellations(nowMicros);
        serve(nowMicros);
        ticking = isBusy();
        if (!ticking) {
            idle.run();
        }
        return ticking;
    }

    private void giveUpSilent(long nowMicros) {
        Duration longest = patience.get();
        for (ActiveUtterance turn : queue.all()) {
            if (turn.intake.silentMicros(nowMicros) > longest.toNanos() / 1_000) {
                turn.intake.giveUp(new SpeechFailure.Silent(longest, turn.frames.bufferedSamples()));
                break;
            }
        }
    }

    private boolean isBusy() {
        return !queue.isEmpty() || playback.awaitsCancellation() || playback.soundsBeside();
    }
}
