package dev.stentor.web.channels;

import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/** The translation of a channel's refusals into problem details. */
final class Refusals {

    private Refusals() {}

    /** Translates a channel's refusal into a {@link ProblemException}; returns every other error unchanged. */
    static Throwable translate(Throwable error) {
        return error instanceof ChannelException refused ? problem(refused.refusal()) : error;
    }

    private static ProblemException problem(ChannelRefusal refusal) {
        return switch (refusal.kind()) {
            case TOO_MANY_CHANNELS, CHANNEL_QUOTA, QUEUE_FULL, TOO_MUCH_TEXT, TOO_MUCH_SOUND ->
                new ProblemException(problem(HttpStatus.TOO_MANY_REQUESTS, refusal), refusal.retryAfter());
            case ELSEWHERE, UNREACHABLE ->
                new ProblemException(problem(HttpStatus.SERVICE_UNAVAILABLE, refusal), refusal.retryAfter());
            case NO_SUCH_CHANNEL -> ChannelLookup.notFound("channel", refusal.message());
            case TEXT_TOO_LONG ->
                Problem.invalid("text", refusal.message())
                        .withCode(refusal.code())
                        .exception();
            case PIECE_DIFFERS, PIECES_MISSING ->
                problem(HttpStatus.CONFLICT, refusal)
                        .withNextSeq(Objects.requireNonNull(refusal.nextPiece()))
                        .exception();
            case NOTHING_TO_RESUME,
                    NOT_OPEN,
                    TEXT_ENDED,
                    TEXT_TIMED_OUT,
                    UTTERANCE_OVER,
                    KEY_REUSED,
                    TOO_MANY_SOURCES,
                    TOO_MUCH_SOURCE_SOUND,
                    GONE -> problem(HttpStatus.CONFLICT, refusal).exception();
        };
    }

    private static Problem problem(HttpStatus status, ChannelRefusal refusal) {
        return Problem.of(status, refusal.code(), refusal.message());
    }
}
