package dev.stentor.speech.neural;

import java.io.IOException;

/** The reason why the natural voice cannot speak, as a sentence for the operator. */
final class UnusableVoice extends Exception {

    UnusableVoice(String reason) {
        super(reason);
    }

    UnusableVoice(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Returns the reason behind any failure. */
    static String reason(Throwable failure) {
        return switch (failure) {
            case UnusableVoice unusable -> String.valueOf(unusable.getMessage());
            case IOException io -> "A file could not be read or written (" + io + ").";
            case LinkageError linkage -> "A library could not be loaded (" + linkage + ").";
            default -> "It failed: " + failure.getClass().getName() + ".";
        };
    }
}
