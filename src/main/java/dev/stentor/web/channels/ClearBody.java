package dev.stentor.web.channels;

import dev.stentor.channel.ClearRequest;
import dev.stentor.web.edge.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/channels/{channel}/clear}. Null means that a field was not given.
 *
 * @param scope utterances to clear: all or current; all if absent
 * @param drainMs length of the sound already sent that may still be heard, in milliseconds; 0 if absent
 * @param fadeMs length of the fade at the end, in milliseconds; {@link ClearRequest#DEFAULT_FADE_MILLIS} if absent
 * @param reason reason that listeners are told, up to 100 characters; {@code request} if absent
 */
record ClearBody(
        @Nullable String scope,
        @Nullable Integer drainMs,
        @Nullable Integer fadeMs,
        @Nullable String reason) {

    static final ClearBody EMPTY = new ClearBody(null, null, null, null);

    private static final int MAX_REASON_CHARACTERS = 100;

    ClearRequest toClear() {
        int drain = milliseconds("drain_ms", drainMs, 0);
        int fade = milliseconds("fade_ms", fadeMs, ClearRequest.DEFAULT_FADE_MILLIS);
        return new ClearRequest(toScope(), drain, fade, toReason());
    }

    private ClearRequest.Scope toScope() {
        return switch (scope) {
            case null -> ClearRequest.Scope.ALL;
            case "all" -> ClearRequest.Scope.ALL;
            case "current" -> ClearRequest.Scope.CURRENT;
            default ->
                throw Problem.invalid("scope", "The scope is all or current.").exception();
        };
    }

    private String toReason() {
        if (reason == null || reason.isBlank()) {
            return "request";
        }
        if (reason.length() > MAX_REASON_CHARACTERS) {
            throw Problem.invalid("reason", "At most " + MAX_REASON_CHARACTERS + " characters are taken.")
                    .withCode("TooLong")
                    .exception();
        }
        return reason;
    }

    private static int milliseconds(String field, @Nullable Integer value, int absent) {
        if (value == null) {
            return absent;
        }
        if (value < 0 || value > ClearRequest.MAX_MILLIS) {
            throw Problem.invalid(field, "The value is 0 to " + ClearRequest.MAX_MILLIS + ".")
                    .exception();
        }
        return value;
    }
}
