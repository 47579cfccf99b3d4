package dev.stentor.cluster;

/**
 * A channel that this node leads.
 *
 * @param node name of this process, which has the lease
 * @param epoch epoch of the lease
 */
public record LedChannel(String name, String node, long epoch) {}
