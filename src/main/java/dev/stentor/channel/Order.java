package dev.stentor.channel;

import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be spoken on a channel, and when.
 *
 * @param request what, and how
 * @param mode its place among the others
 * @param expiresIn if its first frame was not released by then, it never will be; null means that it waits for its turn
 * @param key names this order for its sender: the same key again gives the same utterance, and speaks nothing; null means none
 */
public record Order(
        SpeechRequest request,
        Mode mode,
        @Nullable Duration expiresIn,
        @Nullable String key) {

    /** The place of an utterance. */
    public enum Mode {
        /** After all others. */
        ENQUEUE,
        /** After the one that is being spoken. */
        NEXT,
        /** At once; all others are cleared. */
        INTERRUPT
    }

    /** The same, to be synthesised anew. */
    public Order anew() {
        return new Order(request.anew(), mode, expiresIn, key);
    }

    /** At the end of the queue, without a deadline. */
    public static Order of(SpeechRequest request) {
        return new Order(request, Mode.ENQUEUE, null, null);
    }
}
