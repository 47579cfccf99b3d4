package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelName;
import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way of the reports of other nodes' players to the feed of events: while somebody follows that, each node is asked once in the time
 * between two reports, from the end of an utterance on until every listener must be through. Confined to the clock's thread.
 */
final class RemoteReports {

    private final ChannelName channel;
    private final TickClock clock;
    private final EventFeed news;
    private final Supplier<BroadcastSettings> settings;
    private final Supplier<PlayersElsewhere> elsewhere;
    private long untilMicros = Long.MIN_VALUE;
    private boolean asking;

    /**
     * Creates the way, on which nobody is asked yet.
     *
     * @param settings as they are now
     * @param elsewhere the players of other nodes, if this one owns the channel
     */
    RemoteReports(
            ChannelName channel,
            TickClock clock,
            EventFeed news,
            Supplier<BroadcastSettings> settings,
            Supplier<PlayersElsewhere> elsewhere) {
        this.channel = channel;
        this.clock = clock;
        this.news = news;
        this.settings = settings;
        this.elsewhere = elsewhere;
    }

    /** Takes note of the end of an utterance. Nobody is further behind than the ring holds. */
    void on(ChannelEvent event) {
        if (!(event instanceof UtteranceEnded) || elsewhere.get().equals(PlayersElsewhere.NONE)) {
            return;
        }
        BroadcastSettings now = settings.get();
        untilMicros = clock.micros() + micros(now.ring().plus(now.report().multipliedBy(2)));
        if (!asking) {
            asking = true;
            askLater();
        }
    }

    private void askLater() {
        var _ = clock.after(settings.get().report(), this::ask);
    }

    private void ask() {
        if (clock.micros() > untilMicros) {
            asking = false;
        } else if (news.isFollowed()) {
            var _ = elsewhere
                    .get()
                    .listeners(channel)
                    .onErrorReturn(List.of())
                    .defaultIfEmpty(List.of())
                    .subscribe(statuses -> clock.execute(() -> {
                        statuses.forEach(news::reported);
                        askLater();
                    }));
        } else {
            askLater();
        }
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }
}
