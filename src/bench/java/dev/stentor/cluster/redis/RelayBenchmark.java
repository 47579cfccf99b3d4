package dev.stentor.cluster.redis;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.stentor.clock.ClockThread;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.ChannelPublisher;
import dev.stentor.cluster.ChannelTail;
import dev.stentor.cluster.CountedStats;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.LedChannel;
import dev.stentor.cluster.PublisherSettings;
import dev.stentor.cluster.TailEvent;
import dev.stentor.cluster.TailSettings;
import dev.stentor.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The time that the cluster adds: from the moment in which a channel's leader publishes a frame to the moment in which another process
 * has it on its clock's thread. Two JVMs and a Redis of their own on the loopback address. Channels publish in several turns a tick: in eight, as
 * they do in a gateway, all at once, or each alone. Both processes read CLOCK_MONOTONIC. It prints quantiles in ms, of the frames after a warm-up
 * that brings thrice as many a second: without it the compilers of the JVMs take more of two cores than the entries do.
 */
public final class RelayBenchmark {

    private static final int FRAME_BYTES = 984;
    private static final long TICK_NANOS = 20_000_000;
    private static final int TICKS_A_SECOND = 50;
    /** Seconds of the warm-up, and then of the rate that is measured, before that counts. */
    private static final int WARM_SECONDS = 10;

    private static final int SETTLE_SECONDS = 3;
    private static final int WARM_RATE = 3;
    private static final int WARM_TICKS = TICKS_A_SECOND * (WARM_RATE * WARM_SECONDS + SETTLE_SECONDS);
    private static final PublisherSettings PUBLISHER =
            new PublisherSettings(Duration.ofSeconds(6), Duration.ofSeconds(1), 3_000, 100);
    private static final TailSettings TAIL = new TailSettings(Duration.ofSeconds(1), 1_000, 500);

    private RelayBenchmark() {}

    /** Starts Redis and the follower, and publishes. Arguments: channels, seconds, and turns a tick. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        if (arguments[0].equals("follow")) {
            follow(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            return;
        }
        int channels = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int turns = Integer.parseInt(arguments[2]);
        try (var redis = new RealRedis();
                var follower = new ChildJvm(
                        List.of("-XX:TieredStopAtLevel=4"),
                        RelayBenchmark.class,
                        "follow",
                        redis.uri(),
                        arguments[0],
                        Integer.toString(channels * (WARM_TICKS + seconds * TICKS_A_SECOND)))) {
            var _ = follower.await("ready"::equals);
            lead(redis.uri(), channels, seconds, turns);
            String figures = follower.await(line -> line.startsWith("p50"));
            System.out.println(channels + " channels, " + seconds + " s, turns a tick " + turns + ": " + figures);
        }
    }

    private static void lead(String uri, int channels, int seconds, int turns) throws InterruptedException {
        var clock = new ClockThread(Throwable::printStackTrace, 1);
        var cluster = new RedisCluster(Nodes.settings(uri), clock, new CountedStats());
        Nodes.awaitConnected(cluster);
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            var lease = Objects.requireNonNull(
                    cluster.bus().lease(name(i), "leader", PUBLISHER.lease()).block());
            var channel = new LedChannel(name(i), "leader", ((ChannelLease.Granted) lease).epoch());
            sources.add(new Source(
                    channel,
                    new ChannelPublisher(cluster.bus(), clock, channel, PUBLISHER, new CountedStats(), _ -> {})));
        }
        clock.execute(() -> sources.forEach(source -> source.publisher.start()));
        var publication = new Publication(clock, sources, turns);
        publication.run(WARM_SECONDS * WARM_RATE * TICKS_A_SECOND, TICK_NANOS / WARM_RATE);
        publication.run((SETTLE_SECONDS + seconds) * TICKS_A_SECOND, TICK_NANOS);
        TimeUnit.SECONDS.sleep(1);
        cluster.close();
        clock.close();
    }

    private static void follow(String uri, int channels, int frames) throws InterruptedException {
        var clock = new ClockThread(Throwable::printStackTrace, 1);
        var cluster = new RedisCluster(Nodes.settings(uri), clock, new CountedStats());
        Nodes.awaitConnected(cluster);
        var ready = new CountDownLatch(channels);
        var all = new CountDownLatch(frames);
        var nanos = new long[frames];
        var received = new int[1];
        clock.execute(() -> {
            for (int i = 0; i < channels; i++) {
                new ChannelTail(
                                cluster.bus(),
                                clock,
                                name(i),
                                EntryId.NONE,
                                TAIL,
                                new CountedStats(),
                                page -> page,
                                event -> {
                                    long now = System.nanoTime();
                                    if (event instanceof TailEvent.Received(ChannelEntry entry, boolean _)) {
                                        nanos[received[0]++] = now
                                                - entry.body()
                                                        .getLong(entry.body().position());
                                        all.countDown();
                                    } else {
                                        ready.countDown();
                                    }
                                })
                        .start();
            }
        });
        ready.await();
        System.out.println("ready");
        boolean whole = all.await(10, TimeUnit.MINUTES);
        long[] counted = Arrays.copyOfRange(nanos, channels * WARM_TICKS, frames);
        Arrays.sort(counted);
        System.out.println("p50 " + at(counted, 0.5) + ", p90 " + at(counted, 0.9) + ", p99 " + at(counted, 0.99)
                + ", p99.9 " + at(counted, 0.999) + " ms, " + (whole ? "none lost" : "SOME LOST"));
        cluster.close();
        clock.close();
    }

    private static String at(long[] sorted, double quantile) {
        return String.format("%.2f", sorted[(int) (quantile * (sorted.length - 1))] / 1e6);
    }

    private static String name(int channel) {
        return "channel-" + channel;
    }

    /**
     * Ticks of all channels.
     *
     * @param turns how many times a tick some of them publish, at the same moment
     */
    private record Publication(ClockThread clock, List<Source> sources, int turns) {

        void run(int ticks, long tickNanos) throws InterruptedException {
            long begin = System.nanoTime();
            for (long n = 0; n < (long) ticks * turns; n++) {
                long at = begin + n * tickNanos / turns;
                TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
                int turn = (int) (n % turns);
                clock.execute(() -> publish(turn));
            }
        }

        private void publish(int turn) {
            for (int i = turn; i < sources.size(); i += turns) {
                sources.get(i).publish();
            }
        }
    }

    /** A channel that publishes frames which tell their own time. Confined to the clock's thread. */
    private static final class Source {

        private final LedChannel channel;
        private final ChannelPublisher publisher;
        private long seq;

        Source(LedChannel channel, ChannelPublisher publisher) {
            this.channel = channel;
            this.publisher = publisher;
        }

        void publish() {
            ByteBuffer body = ByteBuffer.allocate(FRAME_BYTES).putLong(0, System.nanoTime());
            publisher.publish(new ChannelEntry(new EntryId(channel.epoch(), ++seq), body));
        }
    }
}
