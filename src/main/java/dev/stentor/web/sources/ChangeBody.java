package dev.stentor.web.sources;

import dev.stentor.mix.SourceSettings;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /v1/channels/{channel}/sources/{name}}. Null means as it is. */
record ChangeBody(
        @Nullable Double gainDb,
        @Nullable Integer fadeMs,
        @Nullable Boolean loop,
        @Nullable Boolean ducks,
        @Nullable DuckBody duck) {

    SourceSettings over(SourceSettings now) {
        return new SourceSettings(
                FieldChecks.number(
                        "gain_db", gainDb, now.gainDb(), SourceSettings.MIN_GAIN_DB, SourceSettings.MAX_GAIN_DB),
                FieldChecks.millis("fade_ms", fadeMs, now.fadeMillis(), SourceSettings.MAX_FADE_MILLIS),
                ducks == null ? now.ducks() : ducks);
    }

    /** Whether that source can have a loop, if it says anything of one; throws if it cannot. */
    void checkLoop(Made made) {
        if (loop != null && !"bed".equals(made.body().kind())) {
            throw FieldChecks.wrong("loop", "Only a bed has a loop.");
        }
    }

    /** Changes the loop of that source, if it says anything of it. */
    void changeLoop(Made made) {
        if (loop != null) {
            made.loop(loop);
        }
    }
}
