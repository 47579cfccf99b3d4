package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.SendMode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings for how a channel treats its listeners.
 *
 * @param ring the time for which entries are kept
 * @param lag the time by which a listener may fall behind
 * @param policy for a listener that falls behind further
 * @param report the time between two reports of a player
 * @param maxListeners the most listeners of all channels together, over WebSocket and plain HTTP
 * @param node a name for the time base of this process, told in {@code welcome.clock}
 * @param sending the way that bytes take to the sockets
 * @param batch the rule for how much sound goes into one send
 * @param reportSpread the time over which the players spread the reports that all of them send for the same utterance; zero means at once
 * @param groupDelay how long after it is due players that play in step play a sample; null means that nobody has set it
 */
public record BroadcastSettings(
        Duration ring,
        Duration lag,
        LagPolicy policy,
        Duration report,
        int maxListeners,
        String node,
        SendMode sending,
        BatchRule batch,
        Duration reportSpread,
        @Nullable Duration groupDelay) {

    /** The treatment of a listener that fell behind. */
    public enum LagPolicy {
        /** A jump to the live edge; the listener is told what it missed. */
        SKIP,
        /** A close of the connection; the listener may resume. */
        CLOSE
    }

    /** Creates settings that take the shortest way that a connection allows, with sends that suit the number of listeners. */
    public BroadcastSettings(
            Duration ring, Duration lag, LagPolicy policy, Duration report, int maxListeners, String node) {
        this(ring, lag, policy, report, maxListeners, node, SendMode.AUTO, BatchRule.AUTO, Duration.ZERO, null);
    }

    public BroadcastSettings {
        if (lag.isNegative() || lag.isZero() || lag.compareTo(ring) > 0) {
            throw new IllegalArgumentException("lag must be positive and within the ring of " + ring + ", was " + lag);
        }
        if (maxListeners <= 0) {
            throw new IllegalArgumentException("maxListeners must be positive, was " + maxListeners);
        }
    }

    /** Returns these settings with a channel's own wishes in their place. */
    BroadcastSettings with(DeliverySettings wishes) {
        return new BroadcastSettings(
                Objects.requireNonNullElse(wishes.ring(), ring),
                Objects.requireNonNullElse(wishes.lag(), lag),
                Objects.requireNonNullElse(wishes.policy(), policy),
                report,
                maxListeners,
                node,
                sending,
                batch,
                reportSpread,
                wishes.groupDelay() == null ? groupDelay : wishes.groupDelay());
    }

    /** Returns these settings of a channel with what belongs to the node on which its listeners are. */
    BroadcastSettings on(BroadcastSettings own) {
        return new BroadcastSettings(
                ring, lag, policy, report, own.maxListeners, node, own.sending, batch, reportSpread, groupDelay);
    }

    /** Returns these settings with another rule for how much sound goes into one send. */
    BroadcastSettings withBatch(BatchRule rule) {
        return new BroadcastSettings(
                ring, lag, policy, report, maxListeners, node, sending, rule, reportSpread, groupDelay);
    }

    /** Returns these settings with another delay of players that play in step; null if nobody has set it. */
    BroadcastSettings withGroupDelay(@Nullable Duration delay) {
        return new BroadcastSettings(
                ring, lag, policy, report, maxListeners, node, sending, batch, reportSpread, delay);
    }

    /** Returns these settings with another pace of the players' reports. */
    BroadcastSettings withReports(Duration interval, Duration spread) {
        return new BroadcastSettings(
                ring, lag, policy, interval, maxListeners, node, sending, batch, spread, groupDelay);
    }

    /** Returns the delay of players that play in step, in ms; 0 if nobody has set it. */
    public long groupDelayMillis() {
        return groupDelay == null ? 0 : groupDelay.toMillis();
    }
}
