package dev.stentor.speech.command;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A limiter of the processes that run at once, with a queue before it. Thread-safe: guarded by itself, signals outside. */
final class ProcessLimiter {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private enum At {
        WAITING,
        RUNNING,
        GONE
    }

    private final int places;
    private final int waiting;
    private final Queue<Ticket> queue = new ArrayDeque<>();
    private int running;
    private boolean closed;

    ProcessLimiter(int places, int waiting) {
        this.places = places;
        this.waiting = waiting;
    }

    /** Takes a place, or waits in the queue. Fails with {@link SpeechException} if the queue is full, or closed. */
    synchronized Ticket enter() {
        if (closed) {
            throw new SpeechException(closedFailure());
        }
        var ticket = new Ticket();
        if (running < places) {
            running++;
            ticket.at = At.RUNNING;
            ticket.granted.tryEmitEmpty().orThrow();
        } else if (queue.size() < waiting) {
            queue.add(ticket);
        } else {
            throw new SpeechException(new SpeechFailure.Throttled(
                    "Throttling", "Too many requests wait for the program that speaks. Try again later.", RETRY));
        }
        return ticket;
    }

    /** Refuses all new requests, and all that wait. */
    void close() {
        List<Ticket> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(queue);
            queue.clear();
            left.forEach(ticket -> ticket.at = At.GONE);
        }
        left.forEach(ticket -> ticket.granted.tryEmitError(new SpeechException(closedFailure())));
    }

    static SpeechFailure closedFailure() {
        return new SpeechFailure.EngineFault("The program that speaks has been shut down.");
    }

    /** Takes a ticket out; returns the next one, which gets its place, or null if nobody waits. */
    private synchronized @Nullable Ticket left(Ticket ticket) {
        At was = ticket.at;
        ticket.at = At.GONE;
        if (was == At.WAITING) {
            queue.remove(ticket);
        }
        if (was != At.RUNNING) {
            return null;
        }
        Ticket next = queue.poll();
        if (next == null) {
            running--;
        } else {
            next.at = At.RUNNING;
        }
        return next;
    }

    /** A request for a place. */
    final class Ticket {

        private final Sinks.Empty<Void> granted = Sinks.empty();
        private At at = At.WAITING;

        /** Completes when there is a place. */
        Mono<Void> place() {
            return granted.asMono();
        }

        /** Gives the place back, or leaves the queue; may be called any number of times. */
        void leave() {
            Ticket next = left(this);
            if (next != null) {
                next.granted.tryEmitEmpty().orThrow();
            }
        }
    }
}
