package dev.stentor.speech;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The work behind one {@link Speech}. Belongs to the one subscription of its audio; made by {@link Speech#once}. */
public interface SpeechSource {

    /** Returns the sound as {@link Speech#audio()} wants it. Called and subscribed to once. */
    Flux<ByteBuffer> audio();

    /**
     * Returns the receipt of a speech that did not fail. Called once, when the audio has completed or was cancelled; the result may
     * come later, and may be subscribed to any number of times.
     */
    Mono<Receipt> receipt(Receipt.Ending ending);
}
