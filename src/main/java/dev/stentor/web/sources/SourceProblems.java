package dev.stentor.web.sources;

import dev.stentor.audio.UnreadableSound;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.source.SourceException;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.SpeechProblem;
import dev.stentor.web.edge.StorageException;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;

/** Translates the errors of sources and sounds to the problems that the API answers with. */
final class SourceProblems {

    private SourceProblems() {}

    static Throwable translate(Throwable error) {
        return switch (StorageException.ifDiskIsFull(error)) {
            case StorageException full -> full.problem();
            case UnreadableSound unreadable ->
                Problem.invalid("sound", unreadable.detail())
                        .withCode(unreadable.code())
                        .exception();
            case SourceException refused -> translate(refused);
            case ChannelException refused -> translate(refused.refusal());
            case SpeechException failed -> SpeechProblem.of(failed.failure());
            case TimeoutException _ ->
                Problem.of(HttpStatus.REQUEST_TIMEOUT, "UploadStalled", "The upload stood still for too long.")
                        .exception();
            case DataBufferLimitException _ ->
                Problem.of(HttpStatus.CONTENT_TOO_LARGE, "BodyTooLarge", "The sound is larger than what is taken.")
                        .exception();
            default -> error;
        };
    }

    static ProblemException unknownSource() {
        return notFound("name", "There is no such source on this channel.");
    }

    /** Returns the problem with a source that is not there any more, since it could not be spoken. */
    static ProblemException failed(SpeechFailure failure) {
        return Problem.of(HttpStatus.NOT_FOUND, failure.code(), "The source failed: " + failure.message())
                .exception();
    }

    static ProblemException unknownChannel() {
        return notFound("channel", "There is no such channel now; speaking, listening or a source makes one.");
    }

    private static ProblemException notFound(String field, String detail) {
        Problem problem = Problem.of(HttpStatus.NOT_FOUND, "NotFound", detail);
        return new Problem(problem.type(), problem.title(), problem.status(), detail, problem.code(), field)
                .exception();
    }

    private static ProblemException translate(SourceException refused) {
        return switch (refused.refusal()) {
            case UNKNOWN -> notFound("sound", refused.detail());
            case TAKEN ->
                Problem.of(HttpStatus.CONFLICT, "SoundStays", refused.detail()).exception();
            case TOO_MUCH ->
                Problem.of(HttpStatus.CONTENT_TOO_LARGE, "TooMuchSound", refused.detail())
                        .exception();
            case NOT_ALLOWED -> {
                Problem problem = Problem.of(HttpStatus.FORBIDDEN, "StreamNotAllowed", refused.detail());
                yield new Problem(
                                problem.type(),
                                problem.title(),
                                problem.status(),
                                problem.detail(),
                                problem.code(),
                                "url")
                        .exception();
            }
        };
    }

    private static ProblemException translate(ChannelRefusal refusal) {
        return switch (refusal.kind()) {
            case ELSEWHERE, UNREACHABLE ->
                new ProblemException(
                        Problem.of(HttpStatus.SERVICE_UNAVAILABLE, refusal.code(), refusal.message()),
                        refusal.retryAfter());
            case TOO_MANY_CHANNELS ->
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, refusal.code(), refusal.message())
                        .exception();
            case TOO_MANY_SOURCES, TOO_MUCH_SOURCE_SOUND ->
                Problem.of(HttpStatus.CONFLICT, refusal.code(), refusal.message())
                        .exception();
            default ->
                Problem.of(HttpStatus.CONFLICT, "ChannelGone", "The channel was just given up; try again.")
                        .exception();
        };
    }
}
