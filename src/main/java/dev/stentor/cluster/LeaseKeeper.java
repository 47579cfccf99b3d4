package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.function.Consumer;

/** Renews the lease of a channel, and knows until when it may be trusted. Confined to the clock's thread. */
final class LeaseKeeper {

    private static final Duration RETRY = Duration.ofMillis(200);
    private static final TickClock.Timer NO_TIMER = () -> {};

    private final ClusterBus bus;
    private final ClockAnswers answers;
    private final LedChannel channel;
    private final PublisherSettings settings;
    private final Consumer<Outcome> outcome;
    private long trustedUntilMicros;
    private boolean isAsking;
    private TickClock.Timer nextRenewal = NO_TIMER;
    private TickClock.Timer nextDoubt = NO_TIMER;

    /** Outcome of a renewal. */
    enum Outcome {
        RENEWED,
        DOUBTFUL,
        LOST
    }

    /** Creates the keeper of a lease that was granted just now. */
    LeaseKeeper(
            ClusterBus bus,
            ClockAnswers answers,
            LedChannel channel,
            PublisherSettings settings,
            Consumer<Outcome> outcome) {
        this.bus = bus;
        this.answers = answers;
        this.channel = channel;
        this.settings = settings;
        this.outcome = outcome;
        trustFrom(answers.clock().micros());
    }

    void start() {
        renewIn(settings.lease().dividedBy(3));
        nextDoubt.cancel();
        nextDoubt = answers.after(settings.trusted(), this::doubt);
    }

    /** Tells whether no other node can have the channel yet. */
    boolean isTrusted() {
        return answers.clock().micros() < trustedUntilMicros;
    }

    /** Renews without waiting for the next time. */
    void renewNow() {
        if (isAsking) {
            return;
        }
        isAsking = true;
        long asked = answers.clock().micros();
        answers.of(
                bus.renew(channel.name(), channel.node(), channel.epoch(), settings.lease()),
                isRenewed -> takeAnswer(isRenewed, asked),
                () -> {
                    isAsking = false;
                    renewIn(RETRY);
                });
    }

    /** Renews once the delay is over, and at no time that was set before. */
    private void renewIn(Duration delay) {
        nextRenewal.cancel();
        nextRenewal = answers.after(delay, this::renewNow);
    }

    private void takeAnswer(boolean isRenewed, long asked) {
        isAsking = false;
        if (isRenewed) {
            trustFrom(asked);
            start();
            outcome.accept(Outcome.RENEWED);
        } else {
            outcome.accept(Outcome.LOST);
        }
    }

    private void doubt() {
        if (!isTrusted()) {
            outcome.accept(Outcome.DOUBTFUL);
        }
    }

    private void trustFrom(long micros) {
        trustedUntilMicros = micros + settings.trusted().toNanos() / 1_000;
    }
}
