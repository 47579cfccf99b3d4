package dev.stentor.relay;

import dev.stentor.cluster.PublisherSettings;
import dev.stentor.cluster.TailSettings;
import java.time.Duration;

/**
 * Settings of channels that the nodes of a cluster share.
 *
 * @param publisher how a node keeps and tells of the channels that it has
 * @param tail how a node follows those of others
 * @param watch pace at which a node looks after its channels: who listens, and whether their owner is alive
 * @param presence time for which a node is believed to have the listeners that it told of
 * @param linger time for which a channel of another node is followed after its last listener here
 * @param patience longest time in which a channel of another node must be heard
 * @param history time for which the history of a channel is kept after its end
 */
public record RelaySettings(
        PublisherSettings publisher,
        TailSettings tail,
        Duration watch,
        Duration presence,
        Duration linger,
        Duration patience,
        Duration history) {

    /** Returns the usual settings: a lease of that time, a history of a minute of sound. */
    public static RelaySettings of(Duration lease) {
        return new RelaySettings(
                new PublisherSettings(lease, Duration.ofMillis(300), 3_000, 50),
                new TailSettings(Duration.ofSeconds(1), 500, 500),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1));
    }
}
