package dev.stentor.channel;

import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import java.util.List;

/**
 * The loudness of a channel's mix now, for those who show it.
 *
 * @param changes number of changes of the mix so far; one who sees another number asks for the whole state again
 * @param peakDb largest sample of the last 20 ms, in dB of full scale; -120 in silence
 * @param rmsDb root mean square of the last 20 ms, in dB of full scale; -120 in silence
 * @param sources that are mixed, speech among them; empty while there is no mix
 */
public record MixLevels(int changes, double peakDb, double rmsDb, List<SourceLoudness> sources) {

    /** The loudness of one source after all gains, with values as those of the mix. */
    public record SourceLoudness(String name, double peakDb, double rmsDb) {}

    static MixLevels of(int changes, Levels mix, List<Mixer.SourceState> sources) {
        return new MixLevels(
                changes,
                mix.peakDb(),
                mix.rmsDb(),
                sources.stream()
                        .filter(state -> !state.leaving())
                        .map(state -> new SourceLoudness(
                                state.name(),
                                state.levels().peakDb(),
                                state.levels().rmsDb()))
                        .toList());
    }
}
