package dev.stentor.cluster.redis;

import static dev.stentor.cluster.redis.Script.argument;

import dev.stentor.cluster.RequestClaims;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Claims of requests in Redis, which forgets them in time. */
final class RedisClaims implements RequestClaims {

    private final RedisLink<StatefulRedisConnection<String, byte[]>> link;
    private final Keys keys;

    RedisClaims(RedisLink<StatefulRedisConnection<String, byte[]>> link, RedisSettings settings) {
        this.link = link;
        this.keys = new Keys(settings.prefix());
    }

    @Override
    public Mono<String> claim(String request, String archive, Duration ttl, @Nullable String failed) {
        List<byte[]> arguments =
                List.of(argument(archive), argument(ttl.toMillis()), argument(failed == null ? "" : failed));
        return Scripts.CLAIM
                .<byte[]>run(link, List.of(keys.request(request)), arguments)
                .map(holder -> new String(holder, StandardCharsets.UTF_8));
    }

    @Override
    public Mono<Void> release(String request, String archive) {
        return Scripts.UNCLAIM
                .run(link, List.of(keys.request(request)), List.of(argument(archive)))
                .then();
    }
}
