package dev.stentor.speech.dashscope;

import dev.stentor.speech.voices.CustomVoice;
import java.util.List;

/**
 * One page of a list of voices.
 *
 * @param index number of the page, from 0
 * @param seen number of voices on this page and all earlier ones
 * @param total number of voices on all pages; {@link #UNKNOWN} if the service did not say
 * @param repeats whether it equals the page before; a service without paging would send the same page for ever
 */
record VoicePage(int index, List<CustomVoice> voices, long seen, long total, boolean repeats) {

    static final long UNKNOWN = -1;
    /** The state before the first page. */
    static final VoicePage NONE = new VoicePage(-1, List.of(), 0, UNKNOWN, false);

    /**
     * Tells whether no page follows. Without a total only an empty page is the last, since pages may be shorter than requested.
     */
    boolean isLast() {
        return voices.isEmpty() || repeats || (total != UNKNOWN && seen >= total);
    }

    /** Returns the page after this one. */
    VoicePage next(List<CustomVoice> found, long newTotal) {
        boolean same = found.equals(voices) && !found.isEmpty();
        return new VoicePage(index + 1, same ? List.of() : found, seen + found.size(), newTotal, same);
    }
}
