package dev.stentor.cluster;

import java.time.Duration;

/**
 * Settings of a {@link ChannelPublisher}.
 *
 * @param lease time after which another node may have the channel if this one says nothing; it is renewed three times as often
 * @param staleAfter age from which entries are stored only: to be published live they come too late
 * @param rememberedEntries entries that this node keeps to make the history whole while the cluster is away, a frame of sound about 1 KB;
 *     a third of them once they are stored
 * @param batchEntries most entries that are appended in one call
 */
public record PublisherSettings(Duration lease, Duration staleAfter, int rememberedEntries, int batchEntries) {

    public PublisherSettings {
        if (lease.toMillis() < 30 || staleAfter.isNegative() || batchEntries < 1 || rememberedEntries < batchEntries) {
            throw new IllegalArgumentException(
                    "a lease takes 30 ms or more, ages are not negative, a batch has an entry, and all its entries are remembered");
        }
    }

    /** Returns the time after which the leader must doubt its lease, a tenth before others may have it. */
    Duration trusted() {
        return lease.multipliedBy(9).dividedBy(10);
    }
}
