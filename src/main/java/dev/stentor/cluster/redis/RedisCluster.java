package dev.stentor.cluster.redis;

import dev.stentor.access.SharedTickets;
import dev.stentor.clock.TickClock;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ClusterBus;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterStats;
import dev.stentor.cluster.RequestClaims;
import dev.stentor.usage.Quotas;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The cluster in Redis: owner of the connections, and of the threads that serve them. It connects in the background, and waits for
 * nothing. Thread-safe. See ADR 50.
 */
public final class RedisCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisCluster.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Most calls that wait for an answer on one connection: two seconds of frames of a hundred channels. */
    private static final int MOST_CALLS = 10_000;

    /** Most reasons that are told until it is connected. */
    private static final int MOST_TOLD = 10;

    /** Time after which it is forgotten what a node holds that is gone. */
    private static final Duration HELD_TTL = Duration.ofSeconds(15);

    /** Netty has two threads at least, and so has what Lettuce counts time with. */
    private static final int THREADS = 2;

    private final ClientResources resources;
    private final Sinks.Many<BusState> states = Sinks.many().replay().latestOrDefault(BusState.DEGRADED);
    private final RedisSettings settings;
    private final TickClock clock;
    private final ClusterStats stats;
    private final RedisClient client;
    private final LiveTails tails;
    private final RedisLink<StatefulRedisConnection<String, byte[]>> writing;
    private final RedisLink<StatefulRedisConnection<String, byte[]>> reading;
    private final RedisLink<StatefulRedisPubSubConnection<String, byte[]>> listening;
    private final RedisBus bus;
    private final RedisDirectory directory;
    private final RedisTickets tickets;
    private final RedisClaims claims;
    private boolean wasConnected;

    /** Reasons told since it was connected last: each is told once, though it is tried again twice a second. */
    private final Set<String> told = new HashSet<>();

    /**
     * Creates the cluster, and begins to connect. Throws {@link IllegalArgumentException} if the address or the file of certificates
     * cannot be read.
     */
    public RedisCluster(RedisSettings settings, TickClock clock, ClusterStats stats) {
        this.settings = settings;
        this.clock = clock;
        this.stats = stats;
        RedisURI uri = address(settings);
        var batches = new ReadBatches(clock);
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .nettyCustomizer(batches)
                .build();
        client = RedisClient.create(resources, uri);
        client.setOptions(options(uri, settings));
        tails = new LiveTails(clock, batches);
        writing = new RedisLink<>(clock, () -> client.connectAsync(CODEC, uri), true, _ -> tellState(), this::tellWhy);
        reading = new RedisLink<>(clock, () -> client.connectAsync(CODEC, uri), false, _ -> tellState(), this::tellWhy);
        listening = new RedisLink<>(
                clock, () -> client.connectPubSubAsync(CODEC, uri), false, this::listens, this::tellWhy);
        bus = new RedisBus(writing, reading, batches, tails, states.asFlux(), settings);
        directory = new RedisDirectory(writing, settings);
        tickets = new RedisTickets(writing, settings);
        claims = new RedisClaims(writing, settings);
        stats.connected(false);
        links().forEach(RedisLink::open);
    }

    /** Reads the address. What is wrong with one is not told by what stands in it, since a password does. */
    static RedisURI address(RedisSettings settings) {
        try {
            RedisURI uri = RedisURI.create(settings.uri());
            uri.setTimeout(settings.timeout());
            return uri;
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "gateway.cluster.redis.uri is not an address of Redis, such as redis://user:password@host:6379;"
                            + " other characters than letters and digits are written as %40 for @ and so on");
        }
    }

    /** Returns the channels. */
    public ClusterBus bus() {
        return bus;
    }

    /** Returns the nodes, and what they say. */
    public ClusterDirectory directory() {
        return directory;
    }

    /** Returns the tickets. */
    public SharedTickets tickets() {
        return tickets;
    }

    /** Returns the claims of requests. */
    public RequestClaims claims() {
        return claims;
    }

    /**
     * Returns quotas of all nodes together.
     *
     * @param here what this node counts, and goes by while Redis is away
     * @param time the time of the day
     */
    public Quotas quotas(Quotas here, InstantSource time) {
        var quotas = new RedisQuotas(writing, settings, here, time, HELD_TTL);
        refreshLater(quotas);
        return quotas;
    }

    private void refreshLater(RedisQuotas quotas) {
        var _ = clock.after(HELD_TTL.dividedBy(3), () -> {
            var _ = quotas.refresh().subscribe();
            refreshLater(quotas);
        });
    }

    /** Closes the connections, and begins to end the threads. Does not block. */
    @Override
    public void close() {
        clock.execute(() -> {
            links().forEach(RedisLink::close);
            var _ = client.shutdownAsync(0, 1, TimeUnit.SECONDS).whenComplete((_, _) -> {
                var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
            });
        });
    }

    private List<RedisLink<?>> links() {
        return List.of(writing, reading, listening);
    }

    private void listens(RedisLink<StatefulRedisPubSubConnection<String, byte[]>> link) {
        tails.connected(link.connection());
        tellState();
    }

    /** Tells why Redis cannot be reached, on the clock's thread: in the words of the last cause, which hold no password. */
    private void tellWhy(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (told.size() < MOST_TOLD && told.add(why)) {
            LOG.atWarn().log("The cluster's Redis cannot be reached, and is tried again: {}", why);
        }
    }

    /** Tells a change of the state, on the clock's thread. */
    private void tellState() {
        boolean isConnected = links().stream().allMatch(RedisLink::isConnected);
        if (isConnected != wasConnected) {
            wasConnected = isConnected;
            stats.connected(isConnected);
            if (isConnected) {
                told.clear();
                LOG.atInfo().log("The cluster's Redis is connected.");
            } else {
                LOG.atWarn().log("The cluster's Redis is out of reach. Channels of this node go on.");
            }
            states.emitNext(isConnected ? BusState.CONNECTED : BusState.DEGRADED, Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    private static ClientOptions options(RedisURI uri, RedisSettings settings) {
        Duration timeout = settings.timeout();
        return ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP2) // with RESP3 Lettuce decodes what is published twice
                .sslOptions(
                        uri.isSsl() ? RedisTrust.options(settings.certificates()) : ClientOptions.DEFAULT_SSL_OPTIONS)
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_CALLS)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                .build();
    }
}
