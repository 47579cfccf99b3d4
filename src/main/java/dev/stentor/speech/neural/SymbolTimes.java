package dev.stentor.speech.neural;

import dev.stentor.audio.SpeechTime;
import java.util.List;

/** The places of symbols in the sound that the graph made of them. Immutable. */
final class SymbolTimes {

    /** How much before its own frames a symbol is heard, as measured at the edges of pauses: the model spreads each sound. */
    static final int EARLY = (int) SpeechTime.samples(35);

    private final long[] ends;

    /** @param durations of each symbol in samples, with the one before the first and the one behind the last */
    SymbolTimes(List<Integer> durations) {
        ends = new long[durations.size()];
        long end = 0;
        for (int n = 0; n < ends.length; n++) {
            end += durations.get(n);
            ends[n] = end;
        }
    }

    /** Returns the first sample of the symbol that has so many before it. */
    long first(int symbol) {
        return Math.max(0, ends[symbol] - EARLY);
    }

    /** Returns the sample behind the last one of the symbol that has so many before it. */
    long end(int symbol) {
        return Math.max(0, ends[symbol + 1] - EARLY);
    }
}
