package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop that keeps a channel going: does all that is due, at each tick for as long as there is something to do, and at once if
 * listeners wait for sound. In the middle of speech it leaves out the ticks in which sound would only gather for the next send. Confined to
 * the clock's thread. See ADR 57.
 */
final class PlayLoop {

    private final TickClock clock;
    private final UtteranceQueue queue;
    private final Prefetcher prefetcher;
    private final Playback playback;
    private final ChannelOutput output;
    private final Supplier<Duration> patience;
    private final Runnable idle;
    /** What the clock calls; null while it calls nothing. */
    private TickClock.@Nullable Ticking ticking;

    private boolean resting;
    private boolean stopped;

    /**
     * Creates a loop that is not ticking yet.
     *
     * @param patience gives for how long an engine may owe something
     * @param idle called whenever all is done
     */
    PlayLoop(
            TickClock clock,
            UtteranceQueue queue,
            Prefetcher prefetcher,
            Playback playback,
            ChannelOutput output,
            Supplier<Duration> patience,
            Runnable idle) {
        this.clock = clock;
        this.queue = queue;
        this.prefetcher = prefetcher;
        this.playback = playback;
        this.output = output;
        this.patience = patience;
        this.idle = idle;
    }

    /** Tells whether the loop was stopped. */
    boolean isStopped() {
        return stopped;
    }

    /** Stops the loop for good. */
    void stop() {
        stopped = true;
    }

    /** Does all that is due now. */
    void run(long nowMicros) {
        prefetcher.fetch();
        while (playback.step(nowMicros)) {
            prefetcher.fetch();
        }
        playback.updatePhase(nowMicros);
        output.flush();
    }

    /** Does all that is due now, and goes on with the ticks to come if there is more to do. */
    void wake(long nowMicros) {
        run(nowMicros);
        if ((ticking == null || resting) && isBusy()) {
            tickIn(1);
        }
    }

    /** Lets the clock tick after so many ticks, instead of what was agreed before. */
    private void tickIn(int ticks) {
        resting = ticks > 1;
        ticking = new TickClock.Ticking() {
            @Override
            public boolean tick(long nowMicros) {
                return ticking == this && PlayLoop.this.tick(nowMicros);
            }
        };
        clock.activate(ticks, ticking);
    }

    /** Fetches more after something arrived; releases it at once if listeners wait for sound, else it goes out with the next tick. */
    void advance() {
        if (stopped) {
            return;
        }
        long now = clock.micros();
        if (playback.isDry(now)) {
            run(now);
        } else {
            prefetcher.fetch();
        }
    }

    private boolean tick(long nowMicros) {
        if (stopped) {
            return false;
        }
        giveUpSilent(nowMicros);
        playback.expire(nowMicros);
        playback.settleCancellations(nowMicros);
        run(nowMicros);
        if (!isBusy()) {
            ticking = null;
            idle.run();
            return false;
        }
        resting = false;
        int ticks = output.ticksUntilSent(nowMicros);
        if (ticks > 1 && playback.flowsUntil(nowMicros + ticks * TickClock.TICK_MICROS)) {
            tickIn(ticks);
            return false;
        }
        return true;
    }

    private void giveUpSilent(long nowMicros) {
        Duration longest = patience.get();
        for (ActiveUtterance utterance : queue.all()) {
            if (utterance.intake.silentMicros(nowMicros) > longest.toNanos() / 1_000) {
                utterance.intake.giveUp(new SpeechFailure.Silent(longest, utterance.frames.bufferedSamples()));
                break;
            }
        }
    }

    private boolean isBusy() {
        return !queue.isEmpty() || playback.awaitsCancellation() || playback.soundsBeside();
    }
}
