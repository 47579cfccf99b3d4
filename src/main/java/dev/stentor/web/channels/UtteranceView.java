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

/** An utterance, as the API shows it. Null members are left out: those of a text that is being written, if it was given whole. */
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
        @Nullable Long pos,
        long samples,
        Progress progress,
        HeardView heard,
        List<HeardView> listeners,
        @Nullable File file,
        @Nullable String continues,
        @Nullable Fault error) {

    record File(String url, @JsonProperty("expires_at") long expiresAt) {}

    /** Characters are UTF-16 units of {@code text}; {@code segments} is 0 if the engine does not say. */
    record Progress(
            int segments, @JsonProperty("segments_begun") int begun, int characters, boolean estimated) {}

    record Fault(String code, String message) {}

    /** With what each of these listeners heard of it, and where it is kept. */
    static UtteranceView of(Utterance utterance, List<ListenerStatus> listeners, long nowMicros, @Nullable File file) {
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
                utterance.pos(),
                utterance.samples(),
                progress(utterance.progress()),
                HeardView.of(utterance),
                listeners.stream()
                        .map(listener -> HeardView.of(utterance, listener, nowMicros))
                        .toList(),
                file,
                utterance.continues(),
                failure == null ? null : new Fault(failure.code(), failure.message()));
    }

    private static Progress progress(Utterance.Progress progress) {
        return new Progress(progress.segments(), progress.begun(), progress.character(), progress.estimated());
    }
}
