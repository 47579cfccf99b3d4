package dev.stentor.relay;

import dev.stentor.channel.TextMark;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.channel.WrittenText;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;
import dev.stentor.usage.Quotas;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was asked for, as it is kept for the next node. Immutable.
 *
 * @param expiresAtMillis time in ms since 1970 from which it is not spoken any more; null if there is none
 * @param key the caller's own key for the text; null if there is none
 * @param written text behind the beginning of an open text; null if the text was given whole
 * @param payer name of the account that is charged, never a credential; null if nobody is
 * @param paid characters that are paid for so far; null if nobody is charged
 */
record KeptText(
        String text,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String language,
        @Nullable String instructions,
        @Nullable Boolean optimized,
        double speed,
        boolean fresh,
        @Nullable Long expiresAtMillis,
        @Nullable String key,
        List<TextMark> marks,
        @Nullable WrittenText written,
        @Nullable String payer,
        @Nullable Long paid) {

    /** Returns a text to which nothing was written yet, if it is an open one. */
    static KeptText of(UtteranceRequest asked, long nowMillis) {
        SpeechRequest request = asked.request();
        Duration expires = asked.expiresIn();
        return new KeptText(
                request.text(),
                request.model(),
                request.voice(),
                request.languageType(),
                request.instructions(),
                request.optimizeInstructions(),
                request.speed(),
                request.fresh(),
                expires == null ? null : nowMillis + expires.toMillis(),
                asked.key(),
                asked.marks(),
                asked.open() ? new WrittenText(List.of(), false) : null,
                request.charge().payer().orElse(null),
                request.charge().paidSoFar());
    }

    /** Returns the same text with so much written and paid by now. It expires when it did before. */
    KeptText with(@Nullable WrittenText nowWritten, @Nullable Long nowPaid) {
        return new KeptText(
                text,
                model,
                voice,
                language,
                instructions,
                optimized,
                speed,
                fresh,
                expiresAtMillis,
                key,
                marks,
                nowWritten,
                payer,
                nowPaid);
    }

    /**
     * Returns the request to speak it.
     *
     * @param quotas where its account is charged from now on
     */
    UtteranceRequest request(Quotas quotas, long nowMillis) {
        Charge charge = payer == null ? Charge.NONE : Charge.accepted(payer, quotas, paid == null ? 0 : paid);
        Duration left = expiresAtMillis == null ? null : Duration.ofMillis(Math.max(1, expiresAtMillis - nowMillis));
        return new UtteranceRequest(speech(charge), Mode.ENQUEUE, left, key, written != null, marks);
    }

    /** Returns the request for its sound. */
    SpeechRequest speech(Charge charge) {
        return new SpeechRequest(text, model, voice, language, instructions, optimized, speed, fresh, charge);
    }
}
