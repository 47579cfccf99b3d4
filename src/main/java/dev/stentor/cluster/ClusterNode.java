package dev.stentor.cluster;

/**
 * A node of the cluster.
 *
 * @param id name of its process
 * @param address where the other nodes reach it, such as {@code http://10.0.0.7:8080}
 */
public record ClusterNode(String id, String address) {}
