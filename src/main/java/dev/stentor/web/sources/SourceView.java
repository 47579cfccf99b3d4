package dev.stentor.web.sources;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.MixStatus;
import dev.stentor.mix.Levels;
import dev.stentor.source.PreparedSource;
import dev.stentor.source.SoundStream;
import dev.stentor.source.SourceContent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A source, as the API shows it.
 *
 * @param kind bed, earcon, speech or silence; null, as are the next four, if the source was not put in through this API
 * @param state waiting, buffering, playing or leaving
 * @param level loudness behind all gains
 * @param shortages how often the source ran dry while it was to play
 * @param faultySamples samples that were no numbers, and became silence
 * @param stream status of a stream over HTTP; null for all other sources
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SourceView(
        String name,
        @Nullable String kind,
        @Nullable String sound,
        @Nullable String url,
        @Nullable Boolean loop,
        @Nullable String when,
        String state,
        double gainDb,
        int fadeMs,
        boolean ducks,
        Level level,
        long shortages,
        long skippedMs,
        long bufferedMs,
        long faultySamples,
        @Nullable StreamView stream) {

    /** A loudness: peak and mean of the last 20 ms in dB of full scale, and that of the last 400 ms and 3 s in LUFS. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Level(double peakDb, double rmsDb, double momentaryLufs, double shortTermLufs) {
        static Level of(Levels levels) {
            return new Level(
                    rounded(levels.peakDb()),
                    rounded(levels.rmsDb()),
                    rounded(levels.momentaryLufs()),
                    rounded(levels.shortTermLufs()));
        }
    }

    /**
     * The status of a stream.
     *
     * @param state connecting, playing, waiting, ended or failed
     * @param problem the latest fault, in a sentence; null if there was none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StreamView(
            String state,
            int stalls,
            int reconnects,
            @Nullable String problem) {

        static StreamView of(SoundStream.Status status) {
            return new StreamView(
                    status.state().name().toLowerCase(Locale.ROOT),
                    status.stalls(),
                    status.reconnects(),
                    status.problem());
        }
    }

    static SourceView of(MixStatus.SourceStatus status) {
        PreparedSource source = status.origin() instanceof PreparedSource prepared ? prepared : null;
        SourceContent content = source == null ? null : source.content();
        SoundStream.Status stream =
                source == null ? null : source.streamStatus().orElse(null);
        return new SourceView(
                status.name(),
                content == null ? null : kind(content),
                content == null ? null : sound(content),
                content instanceof SourceContent.StreamedBed bed ? bed.address().toString() : null,
                source != null && source.isBed() ? source.loops() : null,
                source == null ? null : source.when().orElse(null),
                status.state().name().toLowerCase(Locale.ROOT),
                status.settings().gainDb(),
                status.settings().fadeMillis(),
                status.settings().ducks(),
                Level.of(status.levels()),
                status.counters().shortages(),
                SpeechTime.millis(status.counters().skippedSamples()),
                SpeechTime.millis(status.counters().bufferedSamples()),
                status.faultySamples() + (stream == null ? 0 : stream.faultySamples()),
                stream == null ? null : StreamView.of(stream));
    }

    /** Rounds to a tenth of a decibel. */
    static double rounded(double decibels) {
        return Math.round(decibels * 10) / 10.0;
    }

    private static String kind(SourceContent content) {
        return switch (content) {
            case SourceContent.Bed _, SourceContent.StreamedBed _ -> "bed";
            case SourceContent.Earcon _ -> "earcon";
            case SourceContent.SpokenText _ -> "speech";
            case SourceContent.Silence _ -> "silence";
        };
    }

    private static @Nullable String sound(SourceContent content) {
        return switch (content) {
            case SourceContent.Bed(var sound) -> sound.value();
            case SourceContent.Earcon(var sound) -> sound.value();
            case SourceContent.StreamedBed _, SourceContent.SpokenText _, SourceContent.Silence _ -> null;
        };
    }
}
