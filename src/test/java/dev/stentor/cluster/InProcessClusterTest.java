package dev.stentor.cluster;

import dev.stentor.clock.VirtualClock;
import java.time.Duration;

/** Tests that the in-process cluster of other tests works like Redis. */
class InProcessClusterTest extends ClusterContract {

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 1_000);

    private final InProcessClaims claims = new InProcessClaims(clock);

    @Override
    protected ClusterBus bus() {
        return cluster;
    }

    @Override
    protected ClusterDirectory directory() {
        return cluster;
    }

    @Override
    protected RequestClaims claims() {
        return claims;
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }
}
