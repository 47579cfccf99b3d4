package dev.stentor.cluster.redis;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a cluster in Redis.
 *
 * @param uri address as Lettuce reads it, such as {@code redis://host:6379}, {@code rediss://user:password@host} (TLS) or
 *     {@code redis-sentinel://host,host#master}; it may hold a secret
 * @param certificates file (PEM) with the certificates that Redis is believed by over TLS; null means those of the JVM
 * @param prefix what all keys begin with
 * @param historyEntries entries of a channel that its history has at least; Redis keeps up to about a hundred more
 * @param keep time that history and texts outlive the last renewal of their channel's lease, should nobody end the channel
 * @param timeout limit of a call, and of a connect
 */
public record RedisSettings(
        String uri, @Nullable Path certificates, String prefix, int historyEntries, Duration keep, Duration timeout) {

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
