package dev.stentor.web.channels;

import dev.stentor.mix.Mixer;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How loud the sources of a mix are, as its followers are told.
 *
 * @param t the type of the event
 */
record LevelsView(String t, List<SourceLevels> sources) {

    /**
     * One source, speech among them.
     *
     * @param peakDb of the last 20 ms, in dB of full scale; after all gains
     * @param momentaryLufs loudness of the last 400 ms, after all gains
     * @param shortTermLufs loudness of the last 3 s
     * @param gainDb as it is set
     * @param ducked whether it makes way for speech just now
     * @param shortages how often it ran dry while it was to play
     * @param skippedMs thrown away since too much waited
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record SourceLevels(
            String name,
            double peakDb,
            double rmsDb,
            double momentaryLufs,
            double shortTermLufs,
            double gainDb,
            boolean ducked,
            long shortages,
            long skippedMs,
            long faultySamples) {

        static SourceLevels of(Mixer.SourceState state) {
            return new SourceLevels(
                    state.name(),
                    rounded(state.levels().peakDb()),
                    rounded(state.levels().rmsDb()),
                    rounded(state.levels().momentaryLufs()),
                    rounded(state.levels().shortTermLufs()),
                    rounded(state.settings().gainDb()),
                    state.ducked(),
                    state.counters().shortages(),
                    state.counters().skippedSamples() / 24,
                    state.faultySamples());
        }

        private static double rounded(double decibels) {
            return Math.round(decibels * 10) / 10.0;
        }
    }

    static LevelsView of(List<Mixer.SourceState> states) {
        return new LevelsView(
                "levels",
                states.stream()
                        .filter(state -> !state.leaving())
                        .map(SourceLevels::of)
                        .toList());
    }
}
