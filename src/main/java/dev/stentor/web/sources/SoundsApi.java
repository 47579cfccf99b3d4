package dev.stentor.web.sources;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stentor.audio.SoundReader;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundName;
import dev.stentor.source.StoredSound;
import dev.stentor.web.edge.Spool;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The API of the sounds that can be mixed in by name: lists them, uploads and deletes some. */
final class SoundsApi {

    private static final String SOUNDS = "/v1/sounds";
    private static final String SOUND = SOUNDS + "/{sound}";

    private final SoundLibrary library;
    private final Spool spool;
    private final long maxBytes;

    SoundsApi(SoundLibrary library, Spool spool, long maxBytes) {
        this.library = library;
        this.spool = spool;
        this.maxBytes = maxBytes;
    }

    /**
     * A sound, as the API shows it.
     *
     * @param origin built_in, file or upload
     * @param bytes size of its file; null if it has none, and in the view of a single sound
     * @param loudnessLufs null in a list, and if the sound is too short or silent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record SoundView(
            String name,
            String origin,
            @Nullable Long bytes,
            @Nullable Long durationMs,
            @Nullable Double loudnessLufs,
            @Nullable Long silencedSamples,
            @Nullable Long clampedSamples,
            @Nullable Boolean truncated) {

        static SoundView of(SoundLibrary.Listed listed) {
            return new SoundView(
                    listed.name().value(),
                    listed.origin().name().toLowerCase(Locale.ROOT),
                    listed.bytes() == 0 ? null : listed.bytes(),
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        static SoundView of(StoredSound stored) {
            double lufs = stored.sound().loudnessLufs();
            SoundReader.Faults faults = stored.faults();
            return new SoundView(
                    stored.name().value(),
                    stored.origin().name().toLowerCase(Locale.ROOT),
                    null,
                    stored.length().toMillis(),
                    Double.isInfinite(lufs) ? null : SourceView.rounded(lufs),
                    faults.silenced(),
                    faults.clamped(),
                    faults.truncated());
        }
    }

    private record SoundList(List<SoundView> sounds) {}

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(SOUNDS, _ -> list())
                .GET(SOUND, this::show)
                .PUT(SOUND, this::upload)
                .DELETE(SOUND, this::delete)
                .build();
    }

    private Mono<ServerResponse> list() {
        return library.list()
                .map(all -> new SoundList(all.stream().map(SoundView::of).toList()))
                .flatMap(SourcesApi::json);
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        return library.load(name(request)).map(SoundView::of).flatMap(SourcesApi::json);
    }

    private Mono<ServerResponse> upload(ServerRequest request) {
        SoundName name = name(request);
        return spool.use(file -> file.write(request.body(BodyExtractors.toDataBuffers()), maxBytes)
                        .then(Mono.defer(() -> library.upload(name, file.path()))))
                .map(SoundView::of)
                .flatMap(view -> ServerResponse.created(URI.create(SOUNDS + "/" + name))
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(view));
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        return library.delete(name(request)).then(ServerResponse.noContent().build());
    }

    private static SoundName name(ServerRequest request) {
        return FieldChecks.sound(request.pathVariable("sound"));
    }
}
