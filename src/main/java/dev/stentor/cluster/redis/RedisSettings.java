package dev.stentor.cluster.redis;

import java.time.Duration;

/**
 * Settings of a cluster in Redis.
 *
 * @param uri address as Lettuce reads it, such as {@code redis://host:6379} or {@code rediss://user:password@host}; it may hold a secret
 * @param prefix what all keys begin with
 * @param historyEntries entries of a channel that its history has at least; Redis keeps up to about a hundred more
 * @param keep time that history and texts outlive the last renewal of their channel's lease, should nobody end the channel
 * @param timeout limit of a call, and of a connect
 */
public record RedisSettings(String uri, String prefix, int historyEntries, Duration keep, Duration timeout) {

    public RedisSettings {
        if (historyEntries < 1 || !keep.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("settings of a cluster in Redis must be positive");
        }
    }

    /** Hides the address. */
    @Override
    public String toString() {
        return "RedisSettings[prefix=" + prefix + ", historyEntries=" + historyEntries + ", keep=" + keep + ", timeout="
                + timeout + "]";
    }
}
