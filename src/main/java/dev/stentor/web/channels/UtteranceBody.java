package dev.stentor.web.channels;

import dev.stentor.channel.Order;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.SpokenFields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/channels/{channel}/utterances}. Null means that a field was not given; only {@code text} must be,
 * and not even that where the text is still being written.
 */
record UtteranceBody(
        @Nullable String text,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String languageType,
        @Nullable String instructions,
        @Nullable Boolean optimizeInstructions,
        @Nullable String mode,
        @Nullable Long expiresMs,
        @Nullable Boolean open) {

    private static final Duration LONGEST_EXPIRY = Duration.ofDays(1);

    /** What is to be spoken; throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong. */
    Order toOrder(int maxTextCharacters, @Nullable String key) {
        return toOrder(maxTextCharacters, key, Boolean.TRUE.equals(open));
    }

    /** The same of a text that follows. */
    Order toOpenOrder(int maxTextCharacters, @Nullable String key) {
        if (Boolean.FALSE.equals(open)) {
            throw Problem.invalid("open", "A text that comes line by line is open.")
                    .exception();
        }
        return toOrder(maxTextCharacters, key, true);
    }

    private Order toOrder(int maxTextCharacters, @Nullable String key, boolean opened) {
        return new Order(toRequest(maxTextCharacters, opened), toMode(), expiry(), key, opened);
    }

    private Order.Mode toMode() {
        return mode == null
                ? Order.Mode.ENQUEUE
                : Order.Mode.named(mode)
                        .orElseThrow(() -> Problem.invalid("mode", "The mode is enqueue, next or interrupt.")
                                .exception());
    }

    private @Nullable Duration expiry() {
        if (expiresMs == null) {
            return null;
        }
        if (expiresMs < 1 || expiresMs > LONGEST_EXPIRY.toMillis()) {
            throw Problem.invalid("expires_ms", "The value is 1 to " + LONGEST_EXPIRY.toMillis() + ".")
                    .exception();
        }
        return Duration.ofMillis(expiresMs);
    }

    private SpeechRequest toRequest(int maxTextCharacters, boolean opened) {
        if (!opened && (text == null || text.isBlank())) {
            throw Problem.invalid("text", "There is no text to speak.").exception();
        }
        return SpokenFields.request(
                text == null ? "" : text,
                maxTextCharacters,
                model,
                voice,
                languageType,
                instructions,
                optimizeInstructions);
    }
}
