package dev.stentor.web.channels;

import dev.stentor.audio.SpeechTime;
import dev.stentor.mix.Mixer;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The JSON form of the levels of a mix's sources.
 *
 * @param t type of the event: levels
 * @param sources levels of each source, speech included
 */
record LevelsView(String t, List<SourceLevels> sources) {

    /**
     * Levels of one source, or of speech.
     *
     * @param peakDb peak of the last 20 ms, in dB of full scale, after all gains
     * @param rmsDb power of the last 20 ms, in dB of full scale, after all gains
     * @param momentaryLufs loudness of the last 400 ms, in LUFS, after all gains
     * @param shortTermLufs loudness of the last 3 s, in LUFS, after all gains
     * @param gainDb gain that is set, in dB
     * @param ducked whether the source is turned down for speech at present
     * @param shortages number of times that the source had no sound when it should have played
     * @param skippedMs sound thrown away because too much had gathered, in milliseconds
     * @param faultySamples number of samples that were not numbers, or too large
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
                    SpeechTime.millis(state.counters().skippedSamples()),
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
