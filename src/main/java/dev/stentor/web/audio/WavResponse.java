package dev.stentor.web.audio;

import dev.stentor.archive.ArchivedFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ResourceHttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One response with a recording, or ranges of it. Spring evaluates the ranges and sends the bytes from the file to the socket;
 * the condition {@code If-Range} is evaluated here, because Spring ignores it.
 */
final class WavResponse {

    private static final MediaType WAV = MediaType.parseMediaType("audio/wav");
    private static final ResolvableType RESOURCE = ResolvableType.forClass(Resource.class);

    private final ResourceHttpMessageWriter writer = new ResourceHttpMessageWriter();
    private final ArchivedFile file;
    private final Scheduler threads;

    /**
     * Creates a response.
     *
     * @param threads scheduler on which access to the file may block; not owned
     */
    WavResponse(ArchivedFile file, Scheduler threads) {
        this.file = file;
        this.threads = threads;
    }

    Mono<Void> write(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        // A file never changes, so that its id can serve as its entity tag.
        String tag = "\"" + file.id() + "\"";
        headers.setETag(tag);
        headers.setCacheControl(CacheControl.empty().cachePrivate());
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.setContentDisposition(
                ContentDisposition.inline().filename(file.id() + ".wav").build());
        if (exchange.checkNotModified(tag)) {
            return response.setComplete();
        }
        headers.setContentType(WAV);
        ServerHttpRequest request = withRangeIfItHolds(exchange.getRequest(), tag);
        if (HttpMethod.HEAD.equals(request.getMethod())) {
            headers.setContentLength(file.bytes());
            return response.setComplete();
        }
        response.beforeCommit(() -> Mono.fromRunnable(() -> {
            if (HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.equals(response.getStatusCode())) {
                headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + file.bytes());
            }
        }));
        return writer.write(
                        Mono.just(new FileSystemResource(file.path())),
                        RESOURCE,
                        RESOURCE,
                        WAV,
                        request,
                        response,
                        Map.of())
                .subscribeOn(threads);
    }

    private static ServerHttpRequest withRangeIfItHolds(ServerHttpRequest request, String tag) {
        @Nullable String condition = request.getHeaders().getFirst(HttpHeaders.IF_RANGE);
        boolean holds = condition == null || condition.equals(tag);
        return holds
                ? request
                : request.mutate()
                        .headers(headers -> headers.remove(HttpHeaders.RANGE))
                        .build();
    }
}
