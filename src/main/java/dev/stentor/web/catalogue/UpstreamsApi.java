package dev.stentor.web.catalogue;

import dev.stentor.speech.upstream.UpstreamStats;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The HTTP API that tells the state of each speech service. Thread-safe. */
public final class UpstreamsApi {

    private final Supplier<List<UpstreamStats>> upstreams;

    private record UpstreamList(List<UpstreamView> upstreams) {}

    /**
     * Creates the API.
     *
     * @param upstreams source of the services' present figures, in order of preference; called on event loops
     */
    public UpstreamsApi(Supplier<List<UpstreamStats>> upstreams) {
        this.upstreams = upstreams;
    }

    /** Returns the routes of this API. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().GET("/v1/upstreams", _ -> list()).build();
    }

    private Mono<ServerResponse> list() {
        List<UpstreamView> found =
                upstreams.get().stream().map(UpstreamView::of).toList();
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(new UpstreamList(found));
    }
}
