package dev.stentor.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The public keys of an issuer of tokens. They are fetched when they are needed, and again after an hour, or for a token with an
 * unknown key, but not more often than every ten seconds, so that invented keys cause no traffic. Thread-safe.
 */
final class IssuerKeys {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1_000_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final InstantSource time;
    private final Mono<Fetched> fetch;
    private volatile @Nullable Fetched latest;
    private volatile Instant failed = Instant.EPOCH;

    private record Fetched(JWKSet keys, Instant at) {}

    /**
     * Creates a store without any keys yet.
     *
     * @param blocking the scheduler on which the issuer's name is resolved
     */
    IssuerKeys(URI address, InstantSource time, Scheduler blocking) {
        this.time = time;
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        fetch = Mono.fromFuture(
                        () -> http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES)))
                .subscribeOn(blocking)
                .flatMap(this::parse)
                .doOnNext(fetched -> latest = fetched)
                .doOnError(_ -> failed = time.instant())
                .flux()
                .share()
                .next();
    }

    /** Returns the keys that may have signed a token with that head. Fails if there are no keys and they cannot be fetched. */
    Flux<JWK> matching(JWSHeader head) {
        return youngerThan(LIFETIME)
                .map(fetched -> select(fetched, head))
                .filter(found -> !found.isEmpty())
                .switchIfEmpty(youngerThan(PAUSE).map(fetched -> select(fetched, head)))
                .flatMapIterable(found -> found);
    }

    private Mono<Fetched> youngerThan(Duration age) {
        return Mono.defer(() -> {
            Fetched held = latest;
            Instant now = time.instant();
            if (held != null && held.at().plus(age).isAfter(now)) {
                return Mono.just(held);
            }
            if (failed.plus(PAUSE).isAfter(now)) {
                return held == null ? Mono.error(new IOException("there are no keys to check with")) : Mono.just(held);
            }
            return held == null ? fetch : fetch.onErrorReturn(held);
        });
    }

    private Mono<Fetched> parse(HttpResponse<String> answer) {
        try {
            return answer.statusCode() == 200
                    ? Mono.just(new Fetched(JWKSet.parse(answer.body()), time.instant()))
                    : Mono.error(new IOException("the issuer of tokens answered " + answer.statusCode()));
        } catch (ParseException e) {
            return Mono.error(e);
        }
    }

    private static List<JWK> select(Fetched fetched, JWSHeader head) {
        return new JWKSelector(JWKMatcher.forJWSHeader(head)).select(fetched.keys());
    }
}
