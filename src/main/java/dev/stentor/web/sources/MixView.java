package dev.stentor.web.sources;

import dev.stentor.channel.LostSource;
import dev.stentor.channel.MixSettings;
import dev.stentor.channel.MixStatus;
import dev.stentor.source.PreparedSource;
import dev.stentor.speech.SpeechFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The mixing stage of a channel, as the API shows it.
 *
 * @param on whether the channel's sound is a mix now
 * @param pending whether it is to be switched on or off when nobody is speaking any more
 * @param targetLufs the loudness that each voice is brought to; null if voices are left as they come
 * @param voiceGainDb the gain that this gives to the voice that spoke last
 * @param level loudness of the whole mix
 * @param failed sources that could not be spoken, or ended with the node that had them, the latest last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record MixView(
        boolean on,
        boolean pending,
        DuckBody duck,
        @Nullable Double targetLufs,
        boolean always,
        double voiceGainDb,
        SourceView.Level level,
        SourceView.Level speech,
        List<SourceView> sources,
        List<FailedView> failed) {

    /** A source that could not be spoken, or ended with its node; shown until another takes its name or it is deleted. */
    record FailedView(String name, String code, String message) {}

    static MixView of(MixStatus status) {
        MixSettings settings = status.settings();
        return new MixView(
                status.on(),
                status.pending(),
                DuckBody.of(settings.duck()),
                settings.targetLufs(),
                settings.always(),
                SourceView.rounded(status.voiceGainDb()),
                SourceView.Level.of(status.levels()),
                SourceView.Level.of(status.speech()),
                status.sources().stream().map(SourceView::of).toList(),
                status.failed().stream().flatMap(MixView::failed).toList());
    }

    /** Returns why a source that was put in through this API failed. */
    static Optional<SpeechFailure> failure(MixStatus.FailedSource failed) {
        return switch (failed.origin()) {
            case PreparedSource source -> source.failure();
            case LostSource lost -> Optional.of(lost.failure());
            default -> Optional.empty();
        };
    }

    private static Stream<FailedView> failed(MixStatus.FailedSource failed) {
        return failure(failed).stream().map(why -> new FailedView(failed.name(), why.code(), why.message()));
    }
}
