package dev.stentor.web.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An exception that carries a {@link Problem} to the place where it is answered. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param retryAfter time after which the client may try again; null if unknown
     */
    public ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Returns the problem to answer with. */
    public Problem problem() {
        return problem;
    }

    /** Returns a copy whose problem names a line of the body, counted from 1. */
    public ProblemException atLine(long line) {
        return new ProblemException(problem.atLine(line), retryAfter);
    }

    /** Returns the time after which the client may try again; null if that is not known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
