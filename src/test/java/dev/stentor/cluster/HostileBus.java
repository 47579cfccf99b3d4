package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One node's way to a bus, which delays all answers, and lets calls fail before or after they worked. Live entries are lost, repeated and
 * reordered. A test can cut it, and make it behave. Confined to the clock's thread.
 */
final class HostileBus extends PassedBus {

    private final ClusterBus bus;
    private final TickClock clock;
    private final RandomGenerator random;
    private final List<FluxSink<TailSignal>> tails = new ArrayList<>();
    private final List<FluxSink<BusState>> states = new ArrayList<>();
    private double faults;
    private boolean isCut;
    private boolean losesRenewals;
    private int renewals;

    HostileBus(ClusterBus bus, TickClock clock, RandomGenerator random, double faults) {
        super(bus);
        this.bus = bus;
        this.clock = clock;
        this.random = random;
        this.faults = faults;
    }

    /** Lets nothing through any more, or everything again. */
    void cut(boolean isNowCut) {
        if (isCut != isNowCut) {
            isCut = isNowCut;
            states.forEach(sink -> sink.next(isCut ? BusState.DEGRADED : BusState.CONNECTED));
            if (!isCut) {
                tails.forEach(sink -> sink.next(new TailSignal.Subscribed()));
            }
        }
    }

    /** Tells that something is out of reach, while all calls work; or that it is there again. */
    void tell(BusState state) {
        states.forEach(sink -> sink.next(state));
    }

    /** Lets no lease be renewed, while everything else works. */
    void loseRenewals(boolean lost) {
        losesRenewals = lost;
    }

    /** Returns how often a renewal was asked for. */
    int renewals() {
        return renewals;
    }

    /** Makes no more faults. */
    void behave() {
        faults = 0;
        cut(false);
    }

    @Override
    public Mono<Boolean> renew(String channel, String node, long epoch, Duration ttl) {
        renewals++;
        return losesRenewals ? Mono.create(this::fail) : super.renew(channel, node, epoch, ttl);
    }

    @Override
    public Flux<TailSignal> tail(String channel) {
        return Flux.create(sink -> {
            tails.add(sink);
            sink.onDispose(bus.tail(channel).subscribe(signal -> pass(signal, sink)));
        });
    }

    @Override
    public Flux<BusState> states() {
        return Flux.create(sink -> {
            states.add(sink);
            sink.next(isCut ? BusState.DEGRADED : BusState.CONNECTED);
        });
    }

    private void pass(TailSignal signal, FluxSink<TailSignal> sink) {
        if (signal instanceof TailSignal.Subscribed) {
            sink.next(signal);
            return;
        }
        for (int copies = happens() ? 2 : 1; copies > 0; copies--) {
            if (!happens()) {
                arrive(signal, sink);
            }
        }
    }

    private void arrive(TailSignal signal, FluxSink<TailSignal> sink) {
        Runnable arrival = () -> {
            if (!isCut) {
                sink.next(signal);
            }
        };
        if (happens()) {
            var _ = clock.after(Duration.ofMillis(random.nextInt(120)), arrival);
        } else {
            arrival.run();
        }
    }

    @Override
    protected <T> Mono<T> way(Mono<T> call) {
        return Mono.<T>create(sink -> {
            boolean lost = isCut || happens();
            boolean answerLost = happens();
            var _ = clock.after(Duration.ofMillis(random.nextInt(faults > 0 ? 30 : 2)), () -> {
                if (lost || isCut) {
                    fail(sink);
                } else if (answerLost) {
                    var _ = call.subscribe(_ -> {}, _ -> {}, () -> fail(sink));
                } else {
                    var _ = call.subscribe(sink::success, sink::error, sink::success);
                }
            });
        });
    }

    private <T> void fail(MonoSink<T> sink) {
        var _ = clock.after(
                Duration.ofMillis(500), () -> sink.error(new BusException("no answer", new IllegalStateException())));
    }

    private boolean happens() {
        return random.nextDouble() < faults;
    }
}
