package dev.stentor.speech.upstream;

import static dev.stentor.speech.SpeechEngineContract.bytes;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A listener of a speech, which records everything from now on. */
final class Listening {

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final Speech speech;
    final Disposable listening;
    private @Nullable Throwable error;

    Listening(Speech speech) {
        this.speech = speech;
        this.listening = speech.audio().subscribe(buffers::add, failed -> error = failed);
    }

    byte[] audio() {
        return bytes(buffers);
    }

    @Nullable SpeechFailure failure() {
        return error instanceof SpeechException failed ? failed.failure() : null;
    }

    @Nullable Receipt receipt() {
        return speech.receipt().block(Duration.ofSeconds(10));
    }
}
