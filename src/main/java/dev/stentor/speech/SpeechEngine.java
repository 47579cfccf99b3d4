package dev.stentor.speech;

import java.util.Optional;

/** The port behind which speech is made: a speech service, the embedded voice, or a local program. Thread-safe. */
public interface SpeechEngine {

    /**
     * Speaks one request.
     *
     * <p>Nothing is sent or synthesised before {@link Speech#audio()} is subscribed to, and it can be subscribed to once: a
     * second subscriber gets an {@link IllegalStateException}. Demand is honoured down to the source: buffers that nobody asked
     * for are not made (the embedded engine) or not read from the socket (a service). Cancelling ends the work and the
     * connection. The stream fails with {@link SpeechException} only; blank text is an {@link SpeechFailure.InvalidInput} of
     * field {@code text}.
     */
    Speech speak(SpeechRequest request);

    /**
     * Returns the same speech, to be handed on in its place, which is kept as one file if this engine keeps what it speaks. For a speech
     * that was put together of several of this engine's.
     */
    default Speech kept(SpeechRequest request, Speech speech) {
        return speech;
    }

    /**
     * Says at once why a request could not be spoken, as far as that can be known without trying; empty if nothing speaks against
     * it. {@link #speak} would fail with the same.
     */
    default Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
        return request.text().isBlank()
                ? Optional.of(new SpeechFailure.InvalidInput("text", "There is no text to speak."))
                : Optional.empty();
    }
}
