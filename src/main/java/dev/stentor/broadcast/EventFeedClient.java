package dev.stentor.broadcast;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/** One client of the news: a bounded queue, which is cut when it overflows. Written on the clock's thread only. */
final class EventFeedClient {

    /** More than a ring of events, and some more. */
    private static final int QUEUE_EVENTS = 1_024;

    private static final FeedEvent TOO_SLOW = new FeedEvent(
            null,
            "error",
            "{\"t\":\"error\",\"code\":\"too_slow\",\"message\":\"The client did not read; it may go on from its last event.\","
                    + "\"fatal\":true}");

    private final boolean levels;
    private final Sinks.Many<FeedEvent> sink = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<FeedEvent>get(QUEUE_EVENTS).get());
    private volatile boolean overflown;
    private volatile boolean gone;

    /** @param levels whether it wants to know how loud the sources are */
    EventFeedClient(boolean levels) {
        this.levels = levels;
    }

    /** Whether it wants to know how loud the sources are. */
    boolean wantsLevels() {
        return levels;
    }

    /** What was queued, and at last, if it was too much, a word about that. */
    Flux<FeedEvent> news() {
        return sink.asFlux().concatWith(Flux.defer(() -> overflown ? Flux.just(TOO_SLOW) : Flux.empty()));
    }

    void emit(FeedEvent news) {
        if (!overflown && sink.tryEmitNext(news) == Sinks.EmitResult.FAIL_OVERFLOW) {
            overflown = true;
            end();
        }
    }

    /** Nothing will follow. */
    void end() {
        var _ = sink.tryEmitComplete();
    }

    /** The client has gone; from any thread. */
    void leave() {
        gone = true;
    }

    /** Whether it takes nothing any more. */
    boolean isOver() {
        return gone || overflown;
    }
}
