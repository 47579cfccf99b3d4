package dev.stentor.web.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Problem details of an error, after RFC 9457. Never contains a key, a user's text or a stack trace.
 *
 * @param type URI of the kind of problem; an identifier, not an address to open
 * @param title short name of the kind, the same in every case
 * @param status HTTP status
 * @param detail sentence that says what is wrong in this case, and what to do
 * @param code stable name for programs
 * @param field wrong field or path variable; null if it is none in particular
 * @param nextSeq expected number of the next piece of an open text; null for problems that are not about one
 * @param resetAt time from which on a caller has all of its quota again; null for problems that are not about one, or if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        @JsonProperty("next_seq") @Nullable Long nextSeq,
        @JsonProperty("reset_at") @Nullable Instant resetAt) {

    /** Creates a problem that is not about the numbered pieces of a text. */
    public Problem(String type, String title, int status, String detail, String code, @Nullable String field) {
        this(type, title, status, detail, code, field, null, null);
    }

    private static Problem of(HttpStatus status, String code, String detail, @Nullable String field) {
        return new Problem(
                "urn:stentor:problem:" + code, status.getReasonPhrase(), status.value(), detail, code, field);
    }

    /** Creates a problem with the request as a whole, or with the gateway. */
    public static Problem of(HttpStatus status, String code, String detail) {
        return of(status, code, detail, null);
    }

    /** Creates a problem of status 400 with one field of the request. */
    public static Problem invalid(String field, String detail) {
        return of(HttpStatus.BAD_REQUEST, "InvalidField", detail, field);
    }

    /** Returns a copy that blames a field or path variable of the request. */
    public Problem withField(String wrong) {
        return new Problem(type, title, status, detail, code, wrong, nextSeq, resetAt);
    }

    /** Returns a copy with another code, such as the speech service's own. */
    public Problem withCode(String newCode) {
        return new Problem("urn:stentor:problem:" + newCode, title, status, detail, newCode, field, nextSeq, resetAt);
    }

    /** Returns a copy that blames the field {@code seq} and gives the expected number. */
    public Problem withNextSeq(long next) {
        return new Problem(type, title, status, detail, code, "seq", next, resetAt);
    }

    /** Returns a copy whose detail begins with the number of a line in the body, counted from 1. */
    Problem atLine(long line) {
        return new Problem(type, title, status, "Line " + line + ": " + detail, code, field, nextSeq, resetAt);
    }

    /** Returns a copy that tells when a quota begins anew. */
    Problem withResetAt(@Nullable Instant reset) {
        return new Problem(type, title, status, detail, code, field, nextSeq, reset);
    }

    /** Wraps the problem in an exception that {@link ProblemFilter} answers with it. */
    public ProblemException exception() {
        return new ProblemException(this, null);
    }
}
