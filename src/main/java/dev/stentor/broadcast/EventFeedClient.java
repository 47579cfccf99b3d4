package dev.stentor.broadcast;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/** A client of the feed: a bounded queue, which ends when it overflows. Written on the clock's thread only. */
final class EventFeedClient {

    /** The bound of the queue: more than the events of a ring. */
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

    /** @param levels whether it wants to be told how loud the sources are */
    EventFeedClient(boolean levels) {
        this.levels = levels;
    }

    /** Tells whether it wants to be told how loud the sources are. */
    boolean wantsLevels() {
        return levels;
    }

    /** Emits what is queued, and at the end, if the queue overflowed, an event that tells so. */
    Flux<FeedEvent> news() {
        return sink.asFlux().concatWith(Flux.defer(() -> overflown ? Flux.just(TOO_SLOW) : Flux.empty()));
    }

    void emit(FeedEvent news) {
        if (!overflown && sink.tryEmitNext(news) == Sinks.EmitResult.FAIL_OVERFLOW) {
            overflown = true;
            end();
        }
    }

    /** Ends the feed of this client. */
    void end() {
        var _ = sink.tryEmitComplete();
    }

    /** Notes that the client has gone; from any thread. */
    void leave() {
        gone = true;
    }

    /** Tells whether it takes no more events. */
    boolean isOver() {
        return gone || overflown;
    }
}
