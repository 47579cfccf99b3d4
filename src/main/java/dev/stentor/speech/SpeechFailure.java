package dev.stentor.speech;

import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reason why speech could not be made, or not to its end. Codes are stable, and are the service's own where it gave one; messages are
 * sentences for people and never hold a key or the text that was to be spoken.
 */
public sealed interface SpeechFailure {

    /** Returns a stable name for programs. */
    String code();

    /** Returns a sentence for people. */
    String message();

    /**
     * A request that is wrong in itself, as was seen before anything was sent.
     *
     * @param field the wrong field, by its outward name, such as {@code text} or {@code voice}
     */
    record InvalidInput(String field, String code, String message) implements SpeechFailure {
        /** Uses the code that the service has for wrong parameters. */
        public InvalidInput(String field, String message) {
            this(field, "InvalidParameter", message);
        }
    }

    /**
     * An answer of the service that was an HTTP error.
     *
     * @param status the HTTP status
     * @param requestId the service's id of the request; null if it gave none
     */
    record Refused(
            int status,
            String code,
            String message,
            @Nullable String requestId) implements SpeechFailure {}

    /**
     * A refusal for too many requests: ours to the service (HTTP 429), or those of callers to this gateway's own workers.
     *
     * @param retryAfter time to wait; null if nobody said
     */
    record Throttled(String code, String message, @Nullable Duration retryAfter) implements SpeechFailure {}

    /**
     * A refusal because the caller has no characters left for today.
     *
     * @param retryAfter time after which another try may go well
     * @param resetAt time from which on the caller has all of its characters again; null if that is not known
     */
    record OverQuota(
            String message, Duration retryAfter, @Nullable Instant resetAt) implements SpeechFailure {
        @Override
        public String code() {
            return Quota.CHARACTERS.code();
        }

        /** Returns the failure that says the same. */
        public static OverQuota of(QuotaException refused) {
            Instant reset = refused.resetAt();
            String message =
                    refused.quota().sentence() + (reset == null ? "" : " It has all of them again at " + reset + ".");
            return new OverQuota(message, refused.retryAfter(), reset);
        }
    }

    /**
     * An error event inside an answer that had begun with HTTP 200.
     *
     * @param status the status that the service wrote beside the event, 400 if none
     * @param requestId the service's id of the request; null if it gave none
     * @param samples number of samples delivered before it, at 24 kHz
     */
    record FailedInStream(
            int status,
            String code,
            String message,
            @Nullable String requestId,
            long samples) implements SpeechFailure {}

    /**
     * An end of the stream before the service said that it was complete.
     *
     * @param samples number of samples delivered before it, at 24 kHz
     */
    record Truncated(String message, long samples) implements SpeechFailure {
        @Override
        public String code() {
            return "UpstreamTruncated";
        }
    }

    /**
     * A time without sound that was too long although sound was asked for.
     *
     * @param silence time that was waited
     * @param samples number of samples delivered before it, at 24 kHz
     */
    record Silent(Duration silence, long samples) implements SpeechFailure {
        @Override
        public String code() {
            return "UpstreamSilent";
        }

        @Override
        public String message() {
            return "The speech service gave nothing for " + silence.toMillis() + " ms.";
        }
    }

    /**
     * An end of the speech because the engine gave more sound than its text can need; all sound up to the bound was given.
     *
     * @param bound most sound that was allowed
     * @param samples number of samples delivered before it, at 24 kHz
     */
    record Overlong(Duration bound, long samples) implements SpeechFailure {
        @Override
        public String code() {
            return "SoundTooLong";
        }

        @Override
        public String message() {
            return "The speech engine gave more than " + bound.toSeconds() + " s of sound, too much for this text.";
        }
    }

    /** A connection that could not be made, or that broke before an answer. */
    record Unreachable(String message) implements SpeechFailure {
        @Override
        public String code() {
            return "UpstreamUnreachable";
        }
    }

    /** An answer in a form that nobody can understand: another content type, broken JSON or Base64. */
    record Malformed(String message) implements SpeechFailure {
        @Override
        public String code() {
            return "UpstreamMalformed";
        }
    }

    /** A failure of the engine itself. */
    record EngineFault(String message) implements SpeechFailure {
        @Override
        public String code() {
            return "EngineFault";
        }
    }
}
