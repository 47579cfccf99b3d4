package dev.stentor.cluster;

import java.time.Duration;

/**
 * Settings of a {@link ChannelTail}.
 *
 * @param compareEvery pace at which the history is asked whether the latest entry arrived
 * @param waitingEntries entries that are kept while earlier ones are fetched; later ones are fetched too then
 * @param pageEntries most entries that are fetched in one answer
 */
public record TailSettings(Duration compareEvery, int waitingEntries, int pageEntries) {

    public TailSettings {
        if (!compareEvery.isPositive() || waitingEntries < 1 || pageEntries < 1) {
            throw new IllegalArgumentException("settings of a tail must be positive");
        }
    }
}
