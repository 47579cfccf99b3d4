package dev.stentor.channel;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to speak a text on a channel.
 *
 * @param request the text, and how to speak it
 * @param mode its place among the other utterances
 * @param expiresIn time after which it is not spoken any more if its first frame was not released; null means that it never expires
 * @param key the sender's name for this request: a second request with the same key returns the same utterance, and speaks nothing.
 *     Null means that there is none
 * @param open whether the text is only the beginning, which may be empty
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

    /** Creates a request without marks. */
    public UtteranceRequest(
            SpeechRequest request, Mode mode, @Nullable Duration expiresIn, @Nullable String key, boolean open) {
        this(request, mode, expiresIn, key, open, List.of());
    }

    /** Creates a request for a whole text, without marks. */
    UtteranceRequest(SpeechRequest request, Mode mode, @Nullable Duration expiresIn, @Nullable String key) {
        this(request, mode, expiresIn, key, false);
    }

    /** The place of a new utterance in the queue. */
    public enum Mode {
        /** After all others. */
        ENQUEUE,
        /** After the one that is being spoken. */
        NEXT,
        /** At once; all others are cleared. */
        INTERRUPT;

        /** Returns the mode of that name in lower case; empty if there is none. */
        public static Optional<Mode> named(String name) {
            return switch (name) {
                case "enqueue" -> Optional.of(ENQUEUE);
                case "next" -> Optional.of(NEXT);
                case "interrupt" -> Optional.of(INTERRUPT);
                default -> Optional.empty();
            };
        }
    }

    /** Returns a copy that is synthesised anew, even if its sound is archived. */
    public UtteranceRequest anew() {
        return new UtteranceRequest(request.anew(), mode, expiresIn, key, open, marks);
    }

    /** Returns a copy that is charged to this. */
    public UtteranceRequest chargedTo(Charge charge) {
        return new UtteranceRequest(request.chargedTo(charge), mode, expiresIn, key, open, marks);
    }

    /** Tells whether the other one asks for the same, however fresh its sound must be, and whoever pays for it. */
    boolean isLike(UtteranceRequest other) {
        return anew().chargedTo(Charge.NONE).equals(other.anew().chargedTo(Charge.NONE));
    }

    /** Returns a copy with a text that is still being written. */
    UtteranceRequest opened() {
        return new UtteranceRequest(request, mode, expiresIn, key, true, marks);
    }

    /** Returns a request for the end of the queue, which never expires. */
    static UtteranceRequest of(SpeechRequest request) {
        return new UtteranceRequest(request, Mode.ENQUEUE, null, null);
    }
}
