package dev.stentor.web.sources;

import dev.stentor.channel.MixSettings;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /v1/channels/{channel}/mix}. Null leaves a setting as it is. */
record MixBody(
        @Nullable DuckBody duck,
        @Nullable Boolean loudness,
        @Nullable Double targetLufs,
        @Nullable Boolean always) {

    /** Returns these settings, and those of now where a field is null; throws the problem with the first field that is wrong. */
    MixSettings over(MixSettings now) {
        Double target = Boolean.FALSE.equals(loudness) ? null : targetLufs(now);
        return new MixSettings(
                duck == null ? now.duck() : duck.over(now.duck()), target, always == null ? now.always() : always);
    }

    private @Nullable Double targetLufs(MixSettings now) {
        Double before = now.targetLufs();
        if (before == null && loudness == null && targetLufs == null) {
            return null;
        }
        double absent = before == null ? defaultTarget() : before;
        return FieldChecks.number("target_lufs", targetLufs, absent, -40, -10);
    }

    private static double defaultTarget() {
        Double target = MixSettings.DEFAULT.targetLufs();
        return target == null ? -19 : target;
    }
}
