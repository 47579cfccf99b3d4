package dev.stentor.web.access;

import dev.stentor.usage.Account;
import dev.stentor.usage.Lease;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import dev.stentor.web.edge.RequestPath;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Filter that counts the uploads of each caller as long as they take, and refuses one that would be too many. Thread-safe. */
public final class UploadQuota implements WebFilter {

    private static final List<Upload> UPLOADS = List.of(
            new Upload(HttpMethod.PUT, "/v1/sounds/{sound}"),
            new Upload(HttpMethod.POST, "/v1/voices"),
            new Upload(HttpMethod.POST, "/api/v1/services/audio/tts/customization"));

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (UPLOADS.stream().noneMatch(upload -> upload.is(request))) {
            return chain.filter(exchange);
        }
        return Mono.deferContextual(context -> Mono.using(
                        () -> Account.in(context).lease(Quota.UPLOADS),
                        lease -> lease.take().then(Mono.defer(() -> chain.filter(exchange))),
                        Lease::close)
                .onErrorResume(
                        QuotaException.class,
                        refused -> AccessRefusal.TOO_MANY_UPLOADS.answer(
                                exchange, RequestPath.of(request), refused.retryAfter())));
    }

    /** A kind of request. */
    private record Upload(HttpMethod method, PathPattern path) {

        Upload(HttpMethod method, String path) {
            this(method, PathPatternParser.defaultInstance.parse(path));
        }

        boolean is(ServerHttpRequest request) {
            return method.equals(request.getMethod())
                    && path.matches(request.getPath().pathWithinApplication());
        }
    }
}
