package dev.stentor.web.sources;

import dev.stentor.mix.DuckSettings;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The ducking: how sources make way for speech. Null leaves a setting as it is. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DuckBody(
        @Nullable Double depthDb,
        @Nullable Integer attackMs,
        @Nullable Integer holdMs,
        @Nullable Integer releaseMs) {

    private static final int MAX_MILLIS = 10_000;

    /** Returns the change that a body asks for; none if it is null. */
    static UnaryOperator<DuckSettings> over(@Nullable DuckBody body) {
        return body == null ? UnaryOperator.identity() : body::over;
    }

    /** Returns these settings, and those of now where a field is null; throws the problem with the first field that is wrong. */
    DuckSettings over(DuckSettings now) {
        return new DuckSettings(
                FieldChecks.number("depth_db", depthDb, now.depthDb(), -60, 0),
                FieldChecks.millis("attack_ms", attackMs, now.attackMillis(), MAX_MILLIS),
                FieldChecks.millis("hold_ms", holdMs, now.holdMillis(), MAX_MILLIS),
                FieldChecks.millis("release_ms", releaseMs, now.releaseMillis(), MAX_MILLIS));
    }

    static DuckBody of(DuckSettings settings) {
        return new DuckBody(
                settings.depthDb(), settings.attackMillis(), settings.holdMillis(), settings.releaseMillis());
    }
}
