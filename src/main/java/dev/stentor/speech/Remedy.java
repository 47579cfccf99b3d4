package dev.stentor.speech;

/** The means that may help against a failure. */
public enum Remedy {
    /** The same request may go well at the same place, now or a little later. */
    AGAIN,
    /** Another service may speak it: this one refuses the key or the model, or cannot work at all. */
    ELSEWHERE,
    /** The request itself is wrong. */
    NONE;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Finds the remedy by the kind of the failure and its HTTP status, and by the service's own code where that says more. */
    public static Remedy of(SpeechFailure failure) {
        return switch (failure) {
            case SpeechFailure.InvalidInput _, SpeechFailure.OverQuota _ -> NONE;
            case SpeechFailure.Refused refused -> of(refused.status(), refused.code());
            case SpeechFailure.FailedInStream failed -> of(failed.status(), failed.code());
            case SpeechFailure.Throttled _ -> AGAIN;
            case SpeechFailure.Truncated _ -> AGAIN;
            case SpeechFailure.Silent _ -> AGAIN;
            case SpeechFailure.Unreachable _ -> AGAIN;
            case SpeechFailure.Malformed _ -> AGAIN;
            case SpeechFailure.Overlong _ -> ELSEWHERE;
            case SpeechFailure.EngineFault _ -> ELSEWHERE;
        };
    }

    /** Finds it by status and code. An error event without a status counts as 400, so that its code must tell what it is. */
    private static Remedy of(int status, String code) {
        if (status >= SERVER_ERROR
                || status == TOO_MANY_REQUESTS
                || code.startsWith("InternalError")
                || code.startsWith("Throttling")) {
            return AGAIN;
        }
        if (code.equals("Arrearage")) { // a bill that was not paid
            return ELSEWHERE;
        }
        return switch (status) {
            case 400, 406, 409, 410, 411, 412, 413, 414, 415, 417, 422 -> NONE;
            default -> ELSEWHERE;
        };
    }
}
