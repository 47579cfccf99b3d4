package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * A client of the plain feed: a bounded queue, and a count of what did not fit into it. Written on the clock's thread only; its
 * figures may be read from any.
 */
final class PlainFeedClient<T> {

    /** The bound of the queue: about 5 s. */
    private static final int QUEUE_FRAMES = 256;

    private final Sinks.Many<T> sink = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<T>get(QUEUE_FRAMES).get());
    private final boolean silence;
    private final long frameMillis;
    private final BroadcastStats stats;
    private boolean losing;
    private volatile boolean gone;
    private volatile ListenerStatus status;

    /**
     * Creates a client that has got nothing yet.
     *
     * @param silence whether it wants pauses filled with silence
     * @param frameMillis length of the sound that it is given at once
     */
    PlainFeedClient(String name, boolean silence, long frameMillis, BroadcastStats stats) {
        this.silence = silence;
        this.frameMillis = frameMillis;
        this.stats = stats;
        this.status = ListenerStatus.of(name, null);
    }

    Flux<T> sound() {
        return sink.asFlux();
    }

    boolean wantsSilence() {
        return silence;
    }

    /** Queues a frame; counts it as skipped if there is no room. */
    void emit(T frame) {
        if (sink.tryEmitNext(frame).isSuccess()) {
            losing = false;
            return;
        }
        lose(frameMillis);
    }

    /** Counts a frame of the channel as skipped. */
    void lose() {
        lose(SpeechTime.FRAME_MILLIS);
    }

    private void lose(long millis) {
        ListenerStatus.Losses losses = status.losses();
        status = status.withLosses(losing ? losses.longerBy(millis) : losses.and(GapCause.SLOW, millis));
        stats.lost(GapCause.SLOW, losing ? 0 : 1, millis);
        losing = true;
    }

    /** Ends the sound of this client. */
    void end() {
        var _ = sink.tryEmitComplete();
    }

    /** Notes that the client has gone; from any thread. */
    void leave() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    ListenerStatus status() {
        return status;
    }
}
