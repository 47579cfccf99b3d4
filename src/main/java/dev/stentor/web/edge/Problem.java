package dev.stentor.web.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error as RFC 9457 has it. Never holds a key, a user's text or a stack trace.
 *
 * @param type names the kind of problem; an identifier, not an address to open
 * @param title the kind in a few words, the same for every case
 * @param status the HTTP status
 * @param detail what is wrong in this case, and what to do
 * @param code a stable name for programs
 * @param field the wrong field or path variable; null if it is none in particular
 * @param nextSeq the number that the next piece of a text has; null if that does not matter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        @JsonProperty("next_seq") @Nullable Long nextSeq) {

    /** A problem that has nothing to do with numbered texts. */
    public Problem(String type, String title, int status, String detail, String code, @Nullable String field) {
        this(type, title, status, detail, code, field, null);
    }

    private static Problem of(HttpStatus status, String code, String detail, @Nullable String field) {
        return new Problem(
                "urn:stentor:problem:" + code, status.getReasonPhrase(), status.value(), detail, code, field);
    }

    /** A problem with the request as a whole, or with the gateway. */
    public static Problem of(HttpStatus status, String code, String detail) {
        return of(status, code, detail, null);
    }

    /** A problem with one field of the request. */
    public static Problem invalid(String field, String detail) {
        return of(HttpStatus.BAD_REQUEST, "InvalidField", detail, field);
    }

    /** The same problem with another code, such as the speech service's own. */
    public Problem withCode(String newCode) {
        return new Problem("urn:stentor:problem:" + newCode, title, status, detail, newCode, field, nextSeq);
    }

    /** The same problem of a wrong number, with the right one. */
    public Problem withNextSeq(long next) {
        return new Problem(type, title, status, detail, code, "seq", next);
    }

    /** The same problem, at one line of many. */
    public Problem atLine(long line) {
        return new Problem(type, title, status, "Line " + line + ": " + detail, code, field, nextSeq);
    }

    /** To be thrown or signalled where an answer is being made. */
    public ProblemException exception() {
        return new ProblemException(this, null);
    }
}
