package dev.stentor.access;

import dev.stentor.usage.RateByName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counter of wrong credentials by address; an IPv6 address counts as its network of 64 bits. Thread-safe. */
public final class FailedAttempts {

    private static final String UNKNOWN = "unknown";
    private static final int NETWORK_BYTES = 8;

    private final @Nullable RateByName rate;

    /**
     * Creates a counter.
     *
     * @param perMinute wrong credentials of an address that are answered as such; more are told to wait; 0 means no limit
     * @param micros the time, from any origin
     */
    public FailedAttempts(int perMinute, LongSupplier micros) {
        rate = perMinute == 0 ? null : new RateByName(Duration.ofMinutes(1).dividedBy(perMinute), perMinute, micros);
    }

    /** Counts one. Returns how long the address must wait if it sent too many; else zero. */
    public Duration count(@Nullable InetAddress address) {
        return rate == null ? Duration.ZERO : rate.count(address == null ? UNKNOWN : network(address));
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
