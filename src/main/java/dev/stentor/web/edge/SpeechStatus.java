package dev.stentor.web.edge;

import dev.stentor.speech.SpeechFailure;

/** The HTTP status of a speech failure in the compatible APIs. */
public final class SpeechStatus {

    private SpeechStatus() {}

    /**
     * Returns a status of 400 to 599. A service's own error status is passed on; any other status of it, such as a redirect,
     * becomes 502.
     */
    public static int of(SpeechFailure failure) {
        return switch (failure) {
            case SpeechFailure.InvalidInput _ -> 400;
            case SpeechFailure.Refused refused -> httpError(refused.status());
            case SpeechFailure.Throttled _, SpeechFailure.OverQuota _ -> 429;
            case SpeechFailure.FailedInStream failed -> httpError(failed.status());
            case SpeechFailure.Truncated _, SpeechFailure.Malformed _, SpeechFailure.Overlong _ -> 502;
            case SpeechFailure.Unreachable _ -> 503;
            case SpeechFailure.Silent _ -> 504;
            case SpeechFailure.EngineFault _ -> 500;
        };
    }

    private static int httpError(int status) {
        return status >= 400 && status <= 599 ? status : 502;
    }
}
