package dev.stentor.cluster.redis;

import static dev.stentor.cluster.redis.Script.argument;

import dev.stentor.access.SharedTickets;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Tickets of all nodes in Redis, which forgets them when they are over. */
final class RedisTickets implements SharedTickets {

    private final RedisLink<StatefulRedisConnection<String, byte[]>> link;
    private final Keys keys;

    RedisTickets(RedisLink<StatefulRedisConnection<String, byte[]>> link, RedisSettings settings) {
        this.link = link;
        this.keys = new Keys(settings.prefix());
    }

    @Override
    public Mono<Void> keep(String hash, String ticket, Duration lifetime) {
        SetArgs until = SetArgs.Builder.px(lifetime);
        return link.call(connection -> connection.async().set(keys.ticket(hash), argument(ticket), until))
                .then();
    }

    @Override
    public Mono<String> find(String hash) {
        return link.call(connection -> connection.async().get(keys.ticket(hash)))
                .map(ticket -> new String(ticket, StandardCharsets.UTF_8));
    }

    @Override
    public Mono<Boolean> use(String hash) {
        return link.call(connection -> connection.async().del(keys.ticket(hash)))
                .map(deleted -> deleted == 1);
    }
}
