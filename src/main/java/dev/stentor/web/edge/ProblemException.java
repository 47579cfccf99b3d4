package dev.stentor.web.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} to where it is answered. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    /**
     * The problem, as an exception.
     *
     * @param retryAfter when to try again; null if nobody knows
     */
    public ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** What is to be answered. */
    public Problem problem() {
        return problem;
    }

    /** The same, at one line of many. */
    public ProblemException atLine(long line) {
        return new ProblemException(problem.atLine(line), retryAfter);
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
