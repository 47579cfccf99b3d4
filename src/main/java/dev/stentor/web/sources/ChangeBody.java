package dev.stentor.web.sources;

import dev.stentor.channel.Source;
import dev.stentor.mix.SourceSettings;
import dev.stentor.source.PreparedSource;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /v1/channels/{channel}/sources/{name}}. Null leaves a setting as it is. */
record ChangeBody(
        @Nullable Double gainDb,
        @Nullable Integer fadeMs,
        @Nullable Boolean loop,
        @Nullable Boolean ducks,
        @Nullable DuckBody duck) {

    /** Returns the source with these settings; throws the problem with the first field that is wrong. */
    Source over(Source now) {
        if (loop != null && now.origin() instanceof PreparedSource source && !source.isBed()) {
            throw FieldChecks.wrong("loop", "Only a bed has a loop.");
        }
        return now.with(over(now.settings()));
    }

    private SourceSettings over(SourceSettings now) {
        return new SourceSettings(
                FieldChecks.number(
                        "gain_db", gainDb, now.gainDb(), SourceSettings.MIN_GAIN_DB, SourceSettings.MAX_GAIN_DB),
                FieldChecks.millis("fade_ms", fadeMs, now.fadeMillis(), SourceSettings.MAX_FADE_MILLIS),
                ducks == null ? now.ducks() : ducks);
    }
}
