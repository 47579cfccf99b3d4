package dev.stentor.codec.ffmpeg;

import java.io.Serial;

/** A failure of the program that encodes. Its message says nothing of the sound or of the text. */
public final class EncoderException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final boolean busy;

    private EncoderException(boolean busy, String message) {
        super(message);
        this.busy = busy;
    }

    static EncoderException failed(String message) {
        return new EncoderException(false, message);
    }

    static EncoderException full() {
        return new EncoderException(true, "All processes that encode AAC are in use. Try again later.");
    }

    /** Tells whether there was no process to be had, so that it may be tried again later. */
    public boolean isBusy() {
        return busy;
    }
}
