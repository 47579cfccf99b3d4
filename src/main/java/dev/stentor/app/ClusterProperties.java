package dev.stentor.app;

import dev.stentor.archive.SigningKey;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.redis.RedisSettings;
import dev.stentor.relay.RelaySettings;
import dev.stentor.web.cluster.PeerSecret;
import io.netty.util.NetUtil;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of several gateways that share their channels. Without an address of Redis there is no cluster.
 *
 * @param redis where the nodes share what they know
 * @param address base URL under which the other nodes reach this one, such as {@code http://10.0.0.7:8080}; an IPv6 host may stand without
 *     brackets if a port follows; needed in a cluster
 * @param secret secret of the cluster, at least 16 bytes, set by the environment only; needed in a cluster
 * @param lease time after which another node may have a channel whose node says nothing, 1 s to 60 s; default 6 s
 */
record ClusterProperties(
        @DefaultValue Redis redis,
        @Nullable URI address,
        @DefaultValue("") String secret,
        @DefaultValue("6s") Duration lease) {

    private static final int SHARED_GRIDS = 8;

    /**
     * The Redis that the nodes share.
     *
     * @param uri address as Lettuce reads it, such as {@code redis://redis:6379}, with its password, if it has one; null means none
     * @param certificates file (PEM) with the certificates that Redis is believed by over TLS; null means those of the JVM
     * @param prefix beginning of all keys; default {@code stentor:}
     * @param history entries that are kept of each channel, must be positive; default 3,000, a minute of sound
     * @param keep time for which they are kept after their channel was used last, must be positive; default 1 h
     * @param timeout longest time for an answer, must be positive; default 500 ms
     */
    record Redis(
            @Nullable String uri,
            @Nullable Path certificates,
            @DefaultValue("stentor:") String prefix,
            @DefaultValue("3000") int history,
            @DefaultValue("1h") Duration keep,
            @DefaultValue("500ms") Duration timeout) {

        /** Returns the settings of the adapter. */
        RedisSettings settings() {
            return new RedisSettings(uri == null ? "" : uri, certificates, prefix, history, keep, timeout);
        }

        /** Hides the address, which may hold a password. */
        @Override
        public String toString() {
            return "Redis[prefix=" + prefix + "]";
        }
    }

    ClusterProperties {
        if (lease.toMillis() < 1_000 || lease.toMillis() > 60_000) {
            throw new IllegalArgumentException("gateway.cluster.lease must be 1 s to 60 s, was " + lease);
        }
        if (redis.history() < 1
                || !redis.keep().isPositive()
                || !redis.timeout().isPositive()) {
            throw new IllegalArgumentException("gateway.cluster.redis: history, keep and timeout must be positive");
        }
        address = address == null ? null : bracketed(address);
        if (redis.uri() != null && (address == null || address.getScheme() == null || address.getHost() == null)) {
            throw new IllegalArgumentException(
                    "gateway.cluster.address needs a scheme and a host in a cluster, was " + address);
        }
        if (redis.uri() != null) {
            try {
                var _ = new PeerSecret(secret);
            } catch (IllegalArgumentException weak) {
                throw new IllegalArgumentException("gateway.cluster.secret: " + weak.getMessage(), weak);
            }
        }
    }

    /** Returns an address with brackets around a bare IPv6 host, which Kubernetes puts in without; then the last number is the port. */
    private static URI bracketed(URI address) {
        String authority = address.getRawAuthority();
        int colon = authority == null ? -1 : authority.lastIndexOf(':');
        if (authority == null || address.getHost() != null || colon < 0) {
            return address;
        }
        String host = authority.substring(0, colon);
        return NetUtil.isValidIpV6Address(host)
                ? URI.create(
                        address.getScheme() + "://[" + host + "]" + authority.substring(colon) + address.getRawPath())
                : address;
    }

    /**
     * Returns on how many grids of the clock channels tick. Where they are shared, several: what all of them publish at the same moment
     * would wait in Redis for one another (ADR 59). Alone, a gateway rather wakes once for all.
     */
    int grids() {
        return redis.uri() == null ? 1 : SHARED_GRIDS;
    }

    /** Returns how channels are shared. */
    RelaySettings relay() {
        return RelaySettings.of(lease);
    }

    /** Returns the key behind what the nodes sign for each other, which is made of the secret; null if there is no cluster. */
    @Nullable SigningKey signingKey() {
        return redis.uri() == null ? null : SigningKey.of(secret);
    }

    /** Returns this node by that name. */
    ClusterNode node(String id) {
        String base = String.valueOf(address);
        return new ClusterNode(id, base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "ClusterProperties[address=" + address + ", lease=" + lease + "]";
    }
}
