package dev.stentor.web.audio;

import dev.stentor.archive.Archive;
import dev.stentor.archive.ArchivedFile;
import dev.stentor.archive.FileLinks;
import dev.stentor.archive.OtherArchives;
import dev.stentor.archive.UnreachableArchiveException;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.ProblemFilter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The HTTP API over archived recordings, whole or in ranges, for everybody who has their signed address. A client's path never
 * becomes a path of the file system: it is an id that was signed here, else the answer is 403, and
 * that the archive still has, else it is 410. One that another gateway has is fetched from there first; if that cannot be done, the answer is 503.
 * Thread-safe.
 */
public final class AudioApi {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final String PATTERN = FileLinks.PATH + "{id}.wav";

    private final Archive archive;
    private final FileLinks links;
    private final InstantSource time;
    private final @Nullable OtherArchives others;

    /**
     * Creates the API.
     *
     * @param links check of the signed addresses
     * @param time source of the current time, against which addresses expire
     * @param others archives that share their recordings with this one; null if there are none
     */
    public AudioApi(Archive archive, FileLinks links, InstantSource time, @Nullable OtherArchives others) {
        this.archive = archive;
        this.links = links;
        this.time = time;
        this.others = others;
    }

    /** Returns the routes {@code GET} and {@code HEAD} {@code /v1/audio/{id}.wav}. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .route(
                        RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD)
                                .and(RequestPredicates.path(PATTERN)),
                        this::file)
                .filter(new ProblemFilter(error -> error))
                .build();
    }

    private Mono<ServerResponse> file(ServerRequest request) {
        String id = request.pathVariable("id");
        String node = request.queryParam("Node").orElse("");
        var verdict = links.check(
                id,
                request.queryParam("Expires").orElse(""),
                node,
                request.queryParam("Signature").orElse(""),
                time.instant());
        return switch (verdict) {
            case GOOD -> found(id, node);
            case EXPIRED ->
                Mono.error(problem(HttpStatus.FORBIDDEN, "LinkExpired", "The time of this address is over."));
            case FORGED ->
                Mono.error(
                        problem(
                                HttpStatus.FORBIDDEN,
                                "InvalidSignature",
                                "This is not an address that was given out here; take it as it was, with all of its parameters."));
        };
    }

    private Mono<ServerResponse> found(String id, String node) {
        return Mono.defer(() -> Mono.justOrEmpty(archive.find(id)))
                .switchIfEmpty(Mono.defer(() -> fetched(id, node)))
                .switchIfEmpty(Mono.error(AudioApi::gone))
                .flatMap(this::whole);
    }

    /** Emits a file that another gateway has; empty if none has it. */
    private Mono<ArchivedFile> fetched(String id, String node) {
        return others != null && links.isElsewhere(node)
                ? others.fetch(node, id).onErrorMap(UnreachableArchiveException.class, _ -> unreachable())
                : Mono.empty();
    }

    private Mono<ServerResponse> whole(ArchivedFile file) {
        return Mono.fromCallable(() -> Files.exists(file.path()))
                .subscribeOn(archive.threads())
                .filter(there -> there)
                .switchIfEmpty(Mono.error(AudioApi::gone))
                .flatMap(_ -> ServerResponse.ok()
                        .build((exchange, _) -> new WavResponse(file, archive.threads()).write(exchange)));
    }

    private static ProblemException unreachable() {
        return new ProblemException(
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "RecordingUnreachable",
                        "The node that has this recording cannot be reached just now; try again later."),
                RETRY_AFTER);
    }

    private static ProblemException gone() {
        return problem(
                HttpStatus.GONE,
                "RecordingDeleted",
                "This recording was deleted before the time of its address was over, as happens when room is short.");
    }

    private static ProblemException problem(HttpStatus status, String code, String detail) {
        return Problem.of(status, code, detail).exception();
    }
}
