package dev.stentor.cluster.redis;

import static dev.stentor.cluster.redis.Script.argument;

import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterNode;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Nodes, presence and texts for the next leader, as hashes in Redis. */
final class RedisDirectory implements ClusterDirectory {

    private final RedisLink<StatefulRedisConnection<String, byte[]>> link;
    private final Keys keys;
    private final byte[] keepMillis;

    RedisDirectory(RedisLink<StatefulRedisConnection<String, byte[]>> link, RedisSettings settings) {
        this.link = link;
        this.keys = new Keys(settings.prefix());
        this.keepMillis = argument(settings.keep().toMillis());
    }

    @Override
    public Mono<Void> announce(ClusterNode node, Duration ttl) {
        String archive = node.archive();
        return say(keys.nodes(), node.id(), archive == null ? node.address() : node.address() + " " + archive, ttl);
    }

    @Override
    public Mono<Void> withdraw(String node) {
        return forget(keys.nodes(), node);
    }

    @Override
    public Mono<List<ClusterNode>> nodes() {
        return hear(keys.nodes())
                .map(nodes -> nodes.entrySet().stream()
                        .map(node -> node(node.getKey(), node.getValue()))
                        .toList());
    }

    /** Reads a node's address, and the name of its archive behind a space, if it has one. */
    private static ClusterNode node(String id, String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? new ClusterNode(id, text)
                : new ClusterNode(id, text.substring(0, space), text.substring(space + 1));
    }

    @Override
    public Mono<Void> present(String channel, String node, String text, Duration ttl) {
        return say(keys.presence(channel), node, text, ttl);
    }

    @Override
    public Mono<Void> absent(String channel, String node) {
        return forget(keys.presence(channel), node);
    }

    @Override
    public Mono<Map<String, String>> presence(String channel) {
        return hear(keys.presence(channel));
    }

    @Override
    public Mono<Boolean> keep(String channel, long epoch, Map<String, String> texts, Collection<String> dropped) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(argument(epoch));
        arguments.add(keepMillis);
        arguments.add(argument(texts.size()));
        texts.forEach((name, text) -> {
            arguments.add(argument(name));
            arguments.add(argument(text));
        });
        dropped.forEach(name -> arguments.add(argument(name)));
        return Scripts.KEEP.<Long>run(link, keys.all(channel), arguments).map(kept -> kept == 1);
    }

    @Override
    public Mono<Map<String, String>> kept(String channel) {
        return link.call(connection -> connection.async().hgetall(keys.texts(channel)))
                .map(texts -> {
                    var kept = new LinkedHashMap<String, String>();
                    texts.forEach((name, text) -> kept.put(name, text(text)));
                    return kept;
                });
    }

    private Mono<Void> say(String key, String name, String text, Duration ttl) {
        List<byte[]> arguments = List.of(argument(name), argument(text), argument(ttl.toMillis()));
        return Scripts.SAY.run(link, List.of(key), arguments).then();
    }

    private Mono<Map<String, String>> hear(String key) {
        return Scripts.HEAR.<List<Object>>run(link, List.of(key), List.of()).map(said -> {
            var heard = new LinkedHashMap<String, String>();
            for (int i = 0; i < said.size(); i += 2) {
                heard.put(text(said.get(i)), text(said.get(i + 1)));
            }
            return heard;
        });
    }

    private Mono<Void> forget(String key, String name) {
        return link.call(connection -> connection.async().hdel(key, name)).then();
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
