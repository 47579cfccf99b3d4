package dev.stentor.web.edge;

import dev.stentor.speech.SpeechFailure;

/** The HTTP status that tells a client of a compatible API who is to blame for a failure. */
public final class SpeechStatus {

    private SpeechStatus() {}

    /** 400 to 599. What a service answered is passed on, unless it was no error to HTTP: a redirect, say, becomes 502. */
    public static int of(SpeechFailure failure) {
        return switch (failure) {
            case SpeechFailure.InvalidInput _ -> 400;
            case SpeechFailure.Refused refused -> httpError(refused.status());
            case SpeechFailure.Throttled _ -> 429;
            case SpeechFailure.FailedInStream failed -> httpError(failed.status());
            case SpeechFailure.Truncated _, SpeechFailure.Malformed _ -> 502;
            case SpeechFailure.Unreachable _ -> 503;
            case SpeechFailure.Silent _ -> 504;
            case SpeechFailure.EngineFault _ -> 500;
        };
    }

    private static int httpError(int status) {
        return status >= 400 && status <= 599 ? status : 502;
    }
}
