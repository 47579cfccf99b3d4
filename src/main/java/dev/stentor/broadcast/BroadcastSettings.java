package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.SendMode;
import java.time.Duration;
import java.util.Objects;

/**
 * How a channel treats its listeners.
 *
 * @param ring how much of the past is kept
 * @param lag how far a listener may fall behind
 * @param policy what happens then
 * @param report how often players tell where they are
 * @param maxListeners of all channels together; WebSocket and plain HTTP
 * @param node names the time base of this process in {@code welcome.clock}
 * @param sending which way the bytes take to the sockets
 * @param batch how much sound goes together in one send
 */
public record BroadcastSettings(
        Duration ring,
        Duration lag,
        LagPolicy policy,
        Duration report,
        int maxListeners,
        String node,
        SendMode sending,
        BatchRule batch) {

    /** What happens to a listener that fell behind. */
    public enum LagPolicy {
        /** It goes on at the live edge and is told what it missed. */
        SKIP,
        /** It is closed, and may resume. */
        CLOSE
    }

    /** By the shortest way that a connection allows, in sends that suit the number of listeners. */
    public BroadcastSettings(
            Duration ring, Duration lag, LagPolicy policy, Duration report, int maxListeners, String node) {
        this(ring, lag, policy, report, maxListeners, node, SendMode.AUTO, BatchRule.AUTO);
    }

    public BroadcastSettings {
        if (lag.isNegative() || lag.isZero() || lag.compareTo(ring) > 0) {
            throw new IllegalArgumentException("lag must be positive and within the ring of " + ring + ", was " + lag);
        }
        if (maxListeners <= 0) {
            throw new IllegalArgumentException("maxListeners must be positive, was " + maxListeners);
        }
    }

    /** The same for a channel that has wishes of its own. */
    BroadcastSettings with(DeliverySettings wishes) {
        return new BroadcastSettings(
                Objects.requireNonNullElse(wishes.ring(), ring),
                Objects.requireNonNullElse(wishes.lag(), lag),
                Objects.requireNonNullElse(wishes.policy(), policy),
                report,
                maxListeners,
                node,
                sending,
                batch);
    }
}
