package dev.stentor.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A node of the cluster.
 *
 * @param id name of its process
 * @param address where the other nodes reach it, such as {@code http://10.0.0.7:8080}
 * @param archive name of its archive, which may outlive the process; null if it keeps no recordings
 */
public record ClusterNode(
        String id, String address, @Nullable String archive) {

    /** Creates a node that keeps no recordings. */
    public ClusterNode(String id, String address) {
        this(id, address, null);
    }

    /** Returns the same node with an archive of that name. */
    public ClusterNode withArchive(String name) {
        return new ClusterNode(id, address, name);
    }
}
