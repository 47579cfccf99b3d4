package dev.stentor.relay;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.clock.TickClock;
import dev.stentor.cluster.ClusterBus;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.ClusterStats;
import dev.stentor.usage.Quotas;
import reactor.core.scheduler.Scheduler;

/**
 * Parts that the shared channels of a node work with.
 *
 * @param self this node
 * @param clock whose thread does all that is confined to one
 * @param quotas where those are charged who asked for texts that go on here
 * @param work where answers are given; never the clock's thread
 */
public record RelayPorts(
        ClusterBus bus,
        ClusterDirectory directory,
        ClusterNode self,
        TickClock clock,
        Scheduler work,
        Broadcasts broadcasts,
        Peers peers,
        Quotas quotas,
        ClusterStats stats) {}
