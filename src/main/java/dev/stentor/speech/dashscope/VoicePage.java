package dev.stentor.speech.dashscope;

import dev.stentor.speech.voices.CustomVoice;
import java.util.List;

/**
 * One page of a list of voices.
 *
 * @param index from 0
 * @param seen voices on this page and those before it
 * @param total of all pages; {@link #UNKNOWN} if the service did not say
 * @param repeats whether it is the page before once more, which a service that does not turn pages would send for ever
 */
record VoicePage(int index, List<CustomVoice> voices, long seen, long total, boolean repeats) {

    static final long UNKNOWN = -1;
    /** Before the first. */
    static final VoicePage NONE = new VoicePage(-1, List.of(), 0, UNKNOWN, false);

    /** Without a total only an empty page is the last: the service may give fewer than it was asked for. */
    boolean isLast() {
        return voices.isEmpty() || repeats || (total != UNKNOWN && seen >= total);
    }

    /** The page behind this one. */
    VoicePage next(List<CustomVoice> found, long newTotal) {
        boolean same = found.equals(voices) && !found.isEmpty();
        return new VoicePage(index + 1, same ? List.of() : found, seen + found.size(), newTotal, same);
    }
}
