package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.TextProgress;
import dev.stentor.channel.Utterance;
import dev.stentor.speech.SpeechFailure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of an utterance. Null components are left out.
 *
 * @param state queued, synthesizing, playing, done, failed, cleared or expired
 * @param textState state of an open text: open, ended or timed_out; null if the text was given whole
 * @param nextSeq number of the next piece of an open text; null if the text was given whole
 * @param speed speed of the speech; null if it is 1
 * @param pos first sample of the utterance on the channel's timeline; null if it has not begun
 * @param samples number of samples released
 * @param heard how much was heard according to the channel's timeline
 * @param times when it came further
 * @param listeners how much each present listener heard; null in a list
 * @param file recording of the utterance; null if there is none
 * @param fileError reason why there is no recording; null if there is one, or if it is not known yet
 * @param continues id of the utterance that this one resumes; null if there is none
 * @param error failure of the engine; null if there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UtteranceView(
        String id,
        String channel,
        String state,
        String text,
        @JsonProperty("text_state") @Nullable String textState,
        @JsonProperty("next_seq") @Nullable Long nextSeq,
        @Nullable String model,
        @Nullable String voice,
        @JsonProperty("language_type") @Nullable String languageType,
        @Nullable Double speed,
        @Nullable Long pos,
        long samples,
        Progress progress,
        Times times,
        HeardView heard,
        @Nullable List<HeardView> listeners,
        @Nullable File file,
        @JsonProperty("file_error") @Nullable Fault fileError,
        @Nullable String continues,
        @Nullable Fault error) {

    /**
     * A recording.
     *
     * @param url absolute address
     * @param expiresAt end of the time in which the address can be used, in seconds since the epoch
     */
    record File(String url, @JsonProperty("expires_at") long expiresAt) {}

    /**
     * How much of the text has been released.
     *
     * @param segments number of segments of the text; 0 if the engine does not tell
     * @param begun number of segments that the engine has begun to deliver
     * @param characters number of characters released, in UTF-16 units
     * @param estimated whether {@code characters} is an estimate
     */
    record Progress(
            int segments, @JsonProperty("segments_begun") int begun, int characters, boolean estimated) {}

    /**
     * The times of an utterance, in ms since it was asked for. Null: not yet.
     *
     * @param age time that has passed since it was asked for
     * @param begun time until the engine was asked
     * @param firstSound time until the engine's first sound
     * @param released time until its first frame was released to the listeners
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Times(
            @JsonProperty("age_ms") long age,
            @JsonProperty("begun_ms") @Nullable Long begun,
            @JsonProperty("first_sound_ms") @Nullable Long firstSound,
            @JsonProperty("released_ms") @Nullable Long released) {

        private static Times of(Utterance.Times times) {
            return new Times(
                    times.ageMicros() / 1_000,
                    millis(times.begunMicros()),
                    millis(times.firstSoundMicros()),
                    millis(times.releasedMicros()));
        }

        private static @Nullable Long millis(@Nullable Long micros) {
            return micros == null ? null : micros / 1_000;
        }
    }

    /** A failure: of the engine, or of keeping the sound. */
    record Fault(String code, String message) {}

    /**
     * Returns the JSON form of an utterance, with its recording or why there is none.
     *
     * @param listeners listeners of whom it tells how much each heard; null if it does not
     */
    static UtteranceView of(
            Utterance utterance,
            @Nullable List<ListenerStatus> listeners,
            long nowMicros,
            @Nullable File file,
            @Nullable Fault fileError) {
        SpeechFailure failure = utterance.failure();
        TextProgress written = utterance.written();
        return new UtteranceView(
                utterance.id(),
                utterance.channel().value(),
                utterance.state().name().toLowerCase(Locale.ROOT),
                utterance.request().text(),
                written == null ? null : written.text().name().toLowerCase(Locale.ROOT),
                written == null ? null : written.next(),
                utterance.request().model(),
                utterance.request().voice(),
                utterance.request().languageType(),
                utterance.request().speed() == 1 ? null : utterance.request().speed(),
                utterance.pos(),
                utterance.samples(),
                progress(utterance.progress()),
                Times.of(utterance.times()),
                HeardView.of(utterance),
                listeners == null
                        ? null
                        : listeners.stream()
                                .map(listener -> HeardView.of(utterance, listener, nowMicros))
                                .toList(),
                file,
                fileError,
                utterance.continues(),
                failure == null ? null : new Fault(failure.code(), failure.message()));
    }

    private static Progress progress(Utterance.Progress progress) {
        return new Progress(progress.segments(), progress.begun(), progress.character(), progress.estimated());
    }
}
