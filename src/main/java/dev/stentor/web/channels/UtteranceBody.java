package dev.stentor.web.channels;

import dev.stentor.channel.TextMark;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.SpokenFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/channels/{channel}/utterances}. Null means that a field was not given. Only {@code text} is
 * required, and not for an open text.
 *
 * @param text text to speak, or the start of an open text
 * @param speed how many times faster than the voice's own speed, 0.25 to 4; 1 if absent
 * @param mode place in the queue: enqueue, next or interrupt; enqueue if absent
 * @param expiresMs time after which the utterance is dropped if it has not begun, in milliseconds, from 1 up to one day
 * @param open whether more text follows
 * @param marks places in the text that listeners are told of, at most 1,000
 */
record UtteranceBody(
        @Nullable String text,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String languageType,
        @Nullable String instructions,
        @Nullable Boolean optimizeInstructions,
        @Nullable Double speed,
        @Nullable String mode,
        @Nullable Long expiresMs,
        @Nullable Boolean open,
        @Nullable List<@Nullable MarkBody> marks) {

    /**
     * A place in the text that listeners are told of when it is spoken.
     *
     * @param id name of the place, 1 to 200 characters
     * @param at offset in the text, in UTF-16 units
     */
    record MarkBody(@Nullable String id, @Nullable Integer at) {}

    private static final Duration LONGEST_EXPIRY = Duration.ofDays(1);
    private static final int MAX_MARKS = 1_000;
    private static final int MAX_MARK_CHARACTERS = 200;

    /**
     * Converts the body. Throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong.
     *
     * @param maxTextCharacters longest text, in UTF-16 units
     * @param key idempotency key of the request; null if it has none
     */
    UtteranceRequest toRequest(int maxTextCharacters, @Nullable String key) {
        return toRequest(maxTextCharacters, key, Boolean.TRUE.equals(open));
    }

    /** Converts the body of an open text; throws as {@link #toRequest(int, String)} does. */
    UtteranceRequest toOpenRequest(int maxTextCharacters, @Nullable String key) {
        if (Boolean.FALSE.equals(open)) {
            throw Problem.invalid("open", "A text that comes line by line is open.")
                    .exception();
        }
        return toRequest(maxTextCharacters, key, true);
    }

    private UtteranceRequest toRequest(int maxTextCharacters, @Nullable String key, boolean opened) {
        return new UtteranceRequest(
                toSpeechRequest(maxTextCharacters, opened), toMode(), expiry(), key, opened, toMarks());
    }

    private UtteranceRequest.Mode toMode() {
        return mode == null
                ? UtteranceRequest.Mode.ENQUEUE
                : UtteranceRequest.Mode.named(mode)
                        .orElseThrow(() -> Problem.invalid("mode", "The mode is enqueue, next or interrupt.")
                                .exception());
    }

    private List<TextMark> toMarks() {
        if (marks == null) {
            return List.of();
        }
        if (marks.size() > MAX_MARKS) {
            throw Problem.invalid("marks", "At most " + MAX_MARKS + " marks are taken.")
                    .withCode("TooLong")
                    .exception();
        }
        int length = text == null ? 0 : text.length();
        var seen = new HashSet<String>();
        var places = new ArrayList<TextMark>();
        for (MarkBody mark : marks) {
            if (mark == null
                    || mark.id() == null
                    || mark.id().isBlank()
                    || mark.id().length() > MAX_MARK_CHARACTERS) {
                throw Problem.invalid("marks", "Each mark has an id of 1 to " + MAX_MARK_CHARACTERS + " characters.")
                        .exception();
            }
            if (mark.at() == null || mark.at() < 0 || mark.at() > length) {
                throw Problem.invalid("marks", "A mark's place, at, is 0 to the text's length of " + length + ".")
                        .exception();
            }
            if (!seen.add(mark.id())) {
                throw Problem.invalid("marks", "Two marks have the same id.").exception();
            }
            places.add(new TextMark(mark.id(), mark.at()));
        }
        return places;
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

    private SpeechRequest toSpeechRequest(int maxTextCharacters, boolean opened) {
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
                optimizeInstructions,
                speed);
    }
}
