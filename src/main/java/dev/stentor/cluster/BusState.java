package dev.stentor.cluster;

/** Whether what the nodes share can be reached. */
public enum BusState {
    /** It answers. */
    CONNECTED,
    /** It does not: this node goes on alone with the channels that it has. */
    DEGRADED
}
