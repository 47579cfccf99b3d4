package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * The state of a channel as another node needs it to begin with the entry that comes next.
 *
 * @param before the state before that entry
 * @param leadMillis the time by which frames are released before they are due
 * @param settings for the treatment of listeners, those of the node itself among them
 * @param opusBitrate of the Opus that is made of the sound, in bit/s
 * @param wallMicros the wall clock's time at which the channel's clock showed {@code clockMicros}
 * @param lineage the earlier lives of the channel
 */
record RelayedState(
        JoinSnapshot before,
        long leadMillis,
        BroadcastSettings settings,
        int opusBitrate,
        long clockMicros,
        long wallMicros,
        Lineage lineage) {

    /** Returns the same state with the settings that belong to the reader's own node. */
    RelayedState on(BroadcastSettings own) {
        return new RelayedState(before, leadMillis, settings.on(own), opusBitrate, clockMicros, wallMicros, lineage);
    }

    /** Tells whether listeners are treated alike by both; null is unlike all. */
    boolean treatsLike(@Nullable RelayedState other) {
        return other != null
                && leadMillis == other.leadMillis
                && opusBitrate == other.opusBitrate
                && settings.equals(other.settings);
    }
}
