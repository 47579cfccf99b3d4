package dev.stentor.broadcast;

/**
 * The listeners of a channel on one node, or on some nodes together.
 *
 * @param listeners the number of all, over WebSocket and plain HTTP
 * @param reporting the number of those whose players report
 * @param inStep whether one of them has asked to play in step with others
 */
public record RemoteAudience(int listeners, int reporting, boolean inStep) {

    /** Nobody. */
    public static final RemoteAudience NONE = new RemoteAudience(0, 0, false);

    /** Returns both together. */
    public RemoteAudience and(RemoteAudience other) {
        return new RemoteAudience(listeners + other.listeners, reporting + other.reporting, inStep || other.inStep);
    }
}
