package dev.stentor.web.connection;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Count of what each address holds, up to a limit; see {@link ClientNetwork}. Addresses of the machine itself are not limited. Thread-safe. */
final class AddressCount {

    private final int max;
    private final ConcurrentMap<InetAddress, Integer> held = new ConcurrentHashMap<>();

    /** Creates a count; 0 means no limit. */
    AddressCount(int max) {
        this.max = max;
    }

    /** Counts one more, and tells whether the address may hold it; if not, nothing is counted. */
    boolean add(InetAddress address) {
        if (!isLimited(address)) {
            return true;
        }
        if (held.merge(ClientNetwork.of(address), 1, Integer::sum) <= max) {
            return true;
        }
        remove(address);
        return false;
    }

    /** Counts one less, for each {@link #add} that returned true. */
    void remove(InetAddress address) {
        if (isLimited(address)) {
            held.computeIfPresent(ClientNetwork.of(address), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean isLimited(InetAddress address) {
        return max > 0 && !address.isLoopbackAddress();
    }
}
