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

/** The places at which a program may run, and the line before them. Thread-safe: guarded by itself, signals outside. */
final class ProcessLimiter {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private enum At {
        WAITING,
        RUNNING,
        GONE
    }

    private final int places;
    private final int waiting;
    private final Queue<Ticket> line = new ArrayDeque<>();
    private int running;
    private boolean closed;

    ProcessLimiter(int places, int waiting) {
        this.places = places;
        this.waiting = waiting;
    }

    /** Takes a place, or stands in line. Fails with {@link SpeechException} if that is full, or closed. */
    synchronized Ticket enter() {
        if (closed) {
            throw new SpeechException(closedFailure());
        }
        var ticket = new Ticket();
        if (running < places) {
            running++;
            ticket.at = At.RUNNING;
            ticket.turn.tryEmitEmpty().orThrow();
        } else if (line.size() < waiting) {
            line.add(ticket);
        } else {
            throw new SpeechException(new SpeechFailure.Throttled(
                    "Throttling", "Too many requests wait for the program that speaks. Try again later.", RETRY));
        }
        return ticket;
    }

    /** Refuses those who come, and those who wait. */
    void close() {
        List<Ticket> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(line);
            line.clear();
            left.forEach(ticket -> ticket.at = At.GONE);
        }
        left.forEach(ticket -> ticket.turn.tryEmitError(new SpeechException(closedFailure())));
    }

    static SpeechFailure closedFailure() {
        return new SpeechFailure.EngineFault("The program that speaks has been shut down.");
    }

    /** Who leaves makes room for the next; null if nobody waits. */
    private synchronized @Nullable Ticket left(Ticket ticket) {
        At was = ticket.at;
        ticket.at = At.GONE;
        if (was == At.WAITING) {
            line.remove(ticket);
        }
        if (was != At.RUNNING) {
            return null;
        }
        Ticket next = line.poll();
        if (next == null) {
            running--;
        } else {
            next.at = At.RUNNING;
        }
        return next;
    }

    /** One who wants a place. */
    final class Ticket {

        private final Sinks.Empty<Void> turn = Sinks.empty();
        private At at = At.WAITING;

        /** Completes when there is a place. */
        Mono<Void> turn() {
            return turn.asMono();
        }

        /** Gives the place back, or leaves the line; any number of times. */
        void leave() {
            Ticket next = left(this);
            if (next != null) {
                next.turn.tryEmitEmpty().orThrow();
            }
        }
    }
}
