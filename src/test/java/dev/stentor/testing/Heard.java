package dev.stentor.testing;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The result of listening to a speech. */
public final class Heard {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final byte[] audio;
    private final @Nullable SpeechFailure failure;
    private final @Nullable Receipt receipt;

    private Heard(byte[] audio, @Nullable SpeechFailure failure, @Nullable Receipt receipt) {
        this.audio = audio;
        this.failure = failure;
        this.receipt = receipt;
    }

    /** Listens to the end; {@code atFirst} runs when the first buffer has arrived. */
    public static Heard of(Speech speech, Runnable atFirst) {
        var audio = new ByteArrayOutputStream();
        Flux<ByteBuffer> heard = speech.audio().doOnNext(buffer -> {
            byte[] part = new byte[buffer.remaining()];
            buffer.duplicate().get(part);
            audio.writeBytes(part);
            atFirst.run();
        });
        try {
            heard.blockLast(LIMIT);
            return new Heard(audio.toByteArray(), null, speech.receipt().block(LIMIT));
        } catch (SpeechException failed) {
            return new Heard(audio.toByteArray(), failed.failure(), null);
        }
    }

    /** Returns all bytes of the sound. */
    public byte[] audio() {
        return audio.clone();
    }

    /** Returns the failure; null if the speech completed. */
    public @Nullable SpeechFailure failure() {
        return failure;
    }

    /** Returns the receipt; null if the speech failed. */
    public @Nullable Receipt receipt() {
        return receipt;
    }
}
