package dev.stentor.channel;

import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be spoken on a channel, and when.
 *
 * @param request what, and how
 * @param mode its place among the others
 * @param expiresIn if its first frame was not released by then, it never will be; null means that it waits for its turn
 * @param key names this order for its sender: the same key again gives the same utterance, and speaks nothing; null means none
 * @param open whether the request's text is only the beginning, which may be empty
 * @param marks places in the text of which listeners are told
 */
public record UtteranceRequest(
        SpeechRequest request,
        Mode mode,
        @Nullable Duration expiresIn,
        @Nullable String key,
        boolean open,
        List<TextMark> marks) {

    public UtteranceRequest {
        marks = List.copyOf(marks);
    }

    /** One without marks. */
    public UtteranceRequest(
            SpeechRequest request, Mode mode, @Nullable Duration expiresIn, @Nullable String key, boolean open) {
        this(request, mode, expiresIn, key, open, List.of());
    }

    /** For a text that is known, without marks. */
    public UtteranceRequest(SpeechRequest request, Mode mode, @Nullable Duration expiresIn, @Nullable String key) {
        this(request, mode, expiresIn, key, false);
    }

    /** The place of an utterance. */
    public enum Mode {
        /** After all others. */
        ENQUEUE,
        /** After the one that is being spoken. */
        NEXT,
        /** At once; all others are cleared. */
        INTERRUPT;

        /** By its name in small letters; empty if there is none of it. */
        public static Optional<Mode> named(String name) {
            return switch (name) {
                case "enqueue" -> Optional.of(ENQUEUE);
                case "next" -> Optional.of(NEXT);
                case "interrupt" -> Optional.of(INTERRUPT);
                default -> Optional.empty();
            };
        }
    }

    /** The same, to be synthesised anew. */
    public UtteranceRequest anew() {
        return new UtteranceRequest(request.anew(), mode, expiresIn, key, open, marks);
    }

    /** The same, with a text that is still being written. */
    public UtteranceRequest opened() {
        return new UtteranceRequest(request, mode, expiresIn, key, true, marks);
    }

    /** At the end of the queue, without a deadline. */
    public static UtteranceRequest of(SpeechRequest request) {
        return new UtteranceRequest(request, Mode.ENQUEUE, null, null);
    }
}
