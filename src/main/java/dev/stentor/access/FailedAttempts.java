package dev.stentor.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counter of wrong credentials by address. Counts as the generic cell rate algorithm does, so one number is the state of an
 * address; an IPv6 address counts as its network of 64 bits. Addresses that find no place count as one. Thread-safe.
 */
final class FailedAttempts {

    private static final int MOST_ADDRESSES = 10_000;
    private static final String ALL_OTHERS = "";
    private static final int NETWORK_BYTES = 8;

    private final long intervalMicros;
    private final long burstMicros;
    private final LongSupplier micros;
    private final ConcurrentMap<String, Long> paidUntilMicros = new ConcurrentHashMap<>();

    /**
     * Creates a counter.
     *
     * @param perMinute wrong credentials of an address that are answered as such; more are told to wait; 0 means no limit
     * @param micros the time, from any origin
     */
    FailedAttempts(int perMinute, LongSupplier micros) {
        this.intervalMicros = perMinute == 0 ? 0 : Duration.ofMinutes(1).toNanos() / 1_000 / perMinute;
        this.burstMicros = intervalMicros * perMinute;
        this.micros = micros;
    }

    /** Counts one. Returns how long the address must wait if it sent too many. */
    Optional<Duration> count(@Nullable InetAddress address) {
        if (intervalMicros == 0) {
            return Optional.empty();
        }
        long now = micros.getAsLong();
        long paid = paidUntilMicros.merge(place(address, now), now + intervalMicros, (old, fresh) -> {
            long next = Math.max(now, old) + intervalMicros;
            return next - now > burstMicros + intervalMicros ? old : next;
        });
        long over = paid - now - burstMicros;
        return over <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(over * 1_000));
    }

    private String place(@Nullable InetAddress address, long now) {
        String network = address == null ? ALL_OTHERS : network(address);
        if (paidUntilMicros.containsKey(network) || paidUntilMicros.size() < MOST_ADDRESSES) {
            return network;
        }
        var _ = paidUntilMicros.values().removeIf(paid -> paid <= now);
        return paidUntilMicros.size() < MOST_ADDRESSES ? network : ALL_OTHERS;
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
