package dev.stentor.web.channels;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.FeedEvent;
import dev.stentor.channel.Channel;
import dev.stentor.web.edge.BodyStream;
import dev.stentor.web.edge.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The route that streams a channel's events, without its sound, as server-sent events for back ends. */
final class EventsApi {

    private static final int PREFETCH = 8;
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private static final JsonMapper JSON = new JsonMapper();

    private final ChannelLookup lookup;
    private final Scheduler work = Schedulers.parallel();

    EventsApi(ChannelLookup lookup) {
        this.lookup = lookup;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/channels/{channel}/events", this::events)
                .build();
    }

    private Mono<ServerResponse> events(ServerRequest request) {
        FeedEvent.Id since = since(request);
        boolean levels = wantsLevels(request);
        Channel channel = lookup.open(request);
        Broadcast broadcast = lookup.broadcasts().of(channel);
        if (!lookup.broadcasts().admit()) {
            throw Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "TooManyListeners",
                            "There are " + lookup.broadcasts().connections() + " connections already.")
                    .exception();
        }
        Flux<ByteBuffer> lines = broadcast
                .news()
                .news(since, levels)
                .publishOn(work, PREFETCH)
                .map(news -> news.equals(FeedEvent.LEVELS) ? levels(channel) : lines(news));
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build((exchange, context) -> {
                    DataBufferFactory buffers = exchange.getResponse().bufferFactory();
                    return BodyStream.write(
                                    lines,
                                    body -> exchange.getResponse()
                                            .writeAndFlushWith(body.map(buffer -> Mono.just(buffers.wrap(buffer)))))
                            .doFinally(signal -> lookup.broadcasts().dismiss());
                });
    }

    private static boolean wantsLevels(ServerRequest request) {
        return switch (request.queryParam("levels").orElse("off")) {
            case "on" -> true;
            case "off" -> false;
            default ->
                throw Problem.invalid("levels", "The value is on or off.").exception();
        };
    }

    private static FeedEvent.@Nullable Id since(ServerRequest request) {
        String given = request.headers().firstHeader(LAST_EVENT_ID);
        if (given == null || given.isEmpty()) {
            return null;
        }
        Matcher id = ID.matcher(given);
        if (!id.matches()) {
            throw Problem.invalid(LAST_EVENT_ID, "To go on, give the id of the last event as it came.")
                    .exception();
        }
        return new FeedEvent.Id(Long.parseLong(id.group(1)), Long.parseLong(id.group(2)));
    }

    /** Encodes the current levels: those at the time of writing, not those when the event was due. */
    private static ByteBuffer levels(Channel channel) {
        String json = JSON.writeValueAsString(LevelsView.of(channel.mixMonitor().sources()));
        return lines(new FeedEvent(null, FeedEvent.LEVELS.type(), json));
    }

    private static ByteBuffer lines(FeedEvent news) {
        if (news.type().isEmpty()) {
            return bytes(":\n\n");
        }
        String id = news.id() == null ? "" : "id: " + news.id() + "\n";
        return bytes(id + "event: " + news.type() + "\ndata: " + news.json() + "\n\n");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
