package dev.stentor.web.sources;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stentor.channel.MixStatus;
import dev.stentor.mix.Levels;
import dev.stentor.source.SoundStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A source, as the API shows it.
 *
 * @param state waiting, buffering, playing or leaving
 * @param level how loud it is, behind all gains
 * @param shortages how often it ran dry while it was to play
 * @param faultySamples that were no numbers, and became silence
 * @param stream how a stream over HTTP does; null for all else
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

    /** How loud something is: the last 20 ms in dB of full scale, the last 400 ms and 3 s in LUFS. */
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
     * A stream.
     *
     * @param state connecting, playing, waiting, ended or failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StreamView(
            String state,
            int stalls,
            int reconnects,
            @Nullable String problem) {}

    /** {@code made} is null if it was put in by others. */
    static SourceView of(MixStatus.SourceStatus status, @Nullable Made made) {
        SourceBody body = made == null ? null : made.body();
        SoundStream stream = made == null ? null : made.stream();
        return new SourceView(
                status.name(),
                body == null ? null : body.kind(),
                body == null ? null : body.sound(),
                body == null ? null : body.url(),
                (made == null || !"bed".equals(made.body().kind())) ? null : made.loops(),
                body == null ? null : body.when(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.settings().gainDb(),
                status.settings().fadeMillis(),
                status.settings().ducks(),
                Level.of(status.levels()),
                status.counters().shortages(),
                status.counters().skippedSamples() / 24,
                status.counters().bufferedSamples() / 24,
                status.faultySamples() + (stream == null ? 0 : stream.status().faultySamples()),
                stream == null ? null : of(stream.status()));
    }

    static double rounded(double decibels) {
        return Math.round(decibels * 10) / 10.0;
    }

    private static StreamView of(SoundStream.Status status) {
        return new StreamView(
                status.state().name().toLowerCase(Locale.ROOT), status.stalls(), status.reconnects(), status.problem());
    }
}
