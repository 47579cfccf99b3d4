package dev.stentor.web.channels;

import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The translation of a channel's refusals into problem details. */
final class Refusals {

    private Refusals() {}

    /** Translates a channel's refusal into a {@link ProblemException}; returns every other error unchanged. */
    static Throwable translate(Throwable error) {
        return error instanceof ChannelException refused ? problem(refused.refusal()) : error;
    }

    private static ProblemException problem(ChannelRefusal refusal) {
        return switch (refusal) {
            case ChannelRefusal.TooManyChannels _ -> later(refusal, null);
            case ChannelRefusal.QueueFull(var _, var retryAfter) -> later(refusal, retryAfter);
            case ChannelRefusal.TooMuchText(var _, var retryAfter) -> later(refusal, retryAfter);
            case ChannelRefusal.TooMuchSound(var _, var retryAfter) -> later(refusal, retryAfter);
            case ChannelRefusal.NoSuchChannel _ -> ChannelLookup.notFound("channel", refusal.message());
            case ChannelRefusal.TextTooLong _ ->
                Problem.invalid("text", refusal.message())
                        .withCode(refusal.code())
                        .exception();
            case ChannelRefusal.OtherText(var _, long expected) ->
                conflict(refusal).withNextSeq(expected).exception();
            case ChannelRefusal.WrongNumber(var _, long expected) ->
                conflict(refusal).withNextSeq(expected).exception();
            case ChannelRefusal.NothingToResume _, ChannelRefusal.NotOpen _, ChannelRefusal.TextOver _ ->
                conflict(refusal).exception();
            case ChannelRefusal.TooManySources _, ChannelRefusal.TooMuchSourceSound _ ->
                conflict(refusal).exception();
            case ChannelRefusal.Gone _ -> conflict(refusal).exception();
        };
    }

    private static Problem conflict(ChannelRefusal refusal) {
        return Problem.of(HttpStatus.CONFLICT, refusal.code(), refusal.message());
    }

    private static ProblemException later(ChannelRefusal refusal, @Nullable Duration retryAfter) {
        return new ProblemException(
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, refusal.code(), refusal.message()), retryAfter);
    }
}
