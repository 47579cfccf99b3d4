package dev.stentor.cluster.redis;

import static dev.stentor.cluster.redis.Script.argument;

import dev.stentor.cluster.AppendResult;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.ClusterBus;
import dev.stentor.cluster.EntryBatch;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.TailSignal;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Leases, histories and live entries of channels in Redis: a stream for each history, whose ids are those of the entries, and publication
 * by the script that stores. Long answers of the history have a connection of their own, so that no append waits behind one.
 */
final class RedisBus implements ClusterBus {

    private static final String BODY = "d";
    private static final byte[] YES = argument(1);
    private static final byte[] NO = argument(0);

    private final RedisLink<StatefulRedisConnection<String, byte[]>> writing;
    private final RedisLink<StatefulRedisConnection<String, byte[]>> reading;
    private final ReadBatches batches;
    private final LiveTails tails;
    private final Flux<BusState> states;
    private final Keys keys;
    private final byte[] historyEntries;
    private final byte[] keepMillis;

    RedisBus(
            RedisLink<StatefulRedisConnection<String, byte[]>> writing,
            RedisLink<StatefulRedisConnection<String, byte[]>> reading,
            ReadBatches batches,
            LiveTails tails,
            Flux<BusState> states,
            RedisSettings settings) {
        this.writing = writing;
        this.reading = reading;
        this.batches = batches;
        this.tails = tails;
        this.states = states;
        this.keys = new Keys(settings.prefix());
        this.historyEntries = argument(settings.historyEntries());
        this.keepMillis = argument(settings.keep().toMillis());
    }

    @Override
    public Mono<ChannelLease> lease(String channel, String node, Duration ttl) {
        List<byte[]> arguments = List.of(argument(node), argument(ttl.toMillis()), keepMillis);
        return this.<List<Object>>write(Scripts.TAKE, channel, arguments).map(answer -> {
            long epoch = (Long) answer.get(1);
            boolean granted = (Long) answer.get(0) == 1;
            return granted ? new ChannelLease.Granted(epoch) : new ChannelLease.Held(text(answer.get(2)), epoch);
        });
    }

    @Override
    public Mono<Boolean> renew(String channel, String node, long epoch, Duration ttl) {
        List<byte[]> arguments = List.of(argument(epoch), argument(node), argument(ttl.toMillis()), keepMillis);
        return this.<Long>write(Scripts.RENEW, channel, arguments).map(renewed -> renewed == 1);
    }

    @Override
    public Mono<Void> release(String channel, String node, long epoch) {
        return write(Scripts.RELEASE, channel, List.of(argument(epoch), argument(node)))
                .then();
    }

    @Override
    public Mono<ChannelLease.Held> owner(String channel) {
        return this.<List<Object>>write(Scripts.OWNER, channel, List.of())
                .filter(answer -> !answer.isEmpty())
                .map(answer -> new ChannelLease.Held(text(answer.get(1)), (Long) answer.get(0)));
    }

    @Override
    public Mono<AppendResult> append(String channel, EntryBatch batch, boolean live) {
        return Mono.defer(() -> {
            List<byte[]> arguments = new ArrayList<>(3 + 2 * batch.entries().size());
            arguments.add(argument(batch.epoch()));
            arguments.add(historyEntries);
            arguments.add(live ? YES : NO);
            for (ChannelEntry entry : batch.entries()) {
                arguments.add(argument(entry.id().seq()));
                arguments.add(EntryCodec.encode(entry));
            }
            return batches.onClock(Scripts.APPEND.<Long>run(writing, keys.history(channel), arguments))
                    .map(epoch -> epoch == 0 ? new AppendResult.Stored() : new AppendResult.Fenced(epoch));
        });
    }

    @Override
    public Flux<TailSignal> tail(String channel) {
        return tails.tail(keys.stream(channel));
    }

    @Override
    public Mono<List<ChannelEntry>> range(String channel, EntryId from, EntryId to, int limit) {
        Range<String> ids = Range.create(from.toString(), to.toString());
        return reading.call(connection -> connection.async().xrange(keys.stream(channel), ids, Limit.from(limit)))
                .map(messages -> messages.stream().map(RedisBus::entry).toList());
    }

    @Override
    public Mono<EntryId> last(String channel) {
        return reading.call(connection ->
                        connection.async().xrevrange(keys.stream(channel), Range.unbounded(), Limit.from(1)))
                .filter(messages -> !messages.isEmpty())
                .map(messages -> EntryId.parse(messages.getFirst().getId()));
    }

    @Override
    public Mono<Void> end(String channel, long epoch, Duration keep) {
        return write(Scripts.END, channel, List.of(argument(epoch), argument(keep.toMillis())))
                .then();
    }

    @Override
    public Flux<BusState> states() {
        return states;
    }

    private <T> Mono<T> write(Script script, String channel, List<byte[]> arguments) {
        return script.run(writing, keys.all(channel), arguments);
    }

    private static ChannelEntry entry(StreamMessage<String, byte[]> message) {
        byte[] bytes = message.getBody().get(BODY);
        if (bytes == null) {
            throw new IllegalArgumentException("an entry of a stream has no body");
        }
        return EntryCodec.decode(bytes);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
