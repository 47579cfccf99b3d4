package dev.stentor.web.cluster;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.KnownControls;
import dev.stentor.broadcast.Players;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Channels;
import dev.stentor.channel.PlayerControl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

/** The answers to what other nodes ask of a channel's players here, and of a channel that this node has. Thread-safe. */
final class PeerQuestions {

    /** The beginning of the addresses; the question follows, and the name of the channel. */
    static final String PATH = "/v1/cluster/";

    static final String CLOCK = PATH + "clock/";
    static final String LISTENERS = PATH + "listeners/";
    static final String SILENCED = PATH + "silenced/";
    static final String CONTROL = PATH + "control/";
    static final String CONTROLS = PATH + "controls/";
    static final String REMEMBER = PATH + "remember/";
    static final String SEND_AWAY = PATH + "send-away/";
    static final String LEVELS = PATH + "levels/";

    /** The names of the parameters. */
    static final String GENERATION = "gen";

    static final String LISTENER = "listener";

    private static final int MOST_BYTES = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final Broadcasts broadcasts;
    private final Channels channels;
    private final Scheduler work;

    /** @param work where answers are written; never the clock's thread */
    PeerQuestions(Broadcasts broadcasts, Channels channels, Scheduler work) {
        this.broadcasts = broadcasts;
        this.channels = channels;
        this.work = work;
    }

    /** Answers; with status 404 if the channel, or the listener, is not here. */
    Mono<Void> answer(ServerWebExchange exchange, String path) {
        int nameAt = path.indexOf('/', PATH.length()) + 1;
        String name = path.substring(nameAt);
        Mono<byte[]> answer = nameAt > 0 && ChannelName.isValid(name)
                ? answer(exchange.getRequest(), path.substring(0, nameAt), new ChannelName(name))
                : Mono.empty();
        ServerHttpResponse response = exchange.getResponse();
        return answer.publishOn(work)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(bytes -> {
                    if (bytes.isPresent()) {
                        return response.writeWith(
                                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes.get())));
                    }
                    response.setStatusCode(HttpStatus.NOT_FOUND);
                    return response.setComplete();
                });
    }

    private Mono<byte[]> answer(ServerHttpRequest request, String question, ChannelName channel) {
        Mono<Broadcast> broadcast = Mono.justOrEmpty(broadcasts.find(channel));
        Mono<Players> players = broadcast.map(Broadcast::players);
        return switch (question) {
            case CLOCK -> broadcast.map(its -> Long.toString(its.micros()).getBytes(StandardCharsets.US_ASCII));
            case LISTENERS -> broadcast.map(its -> ListenerList.of(its.statuses()));
            case SILENCED ->
                players.flatMap(its -> its.silenced(Integer.parseInt(parameter(request, GENERATION)))
                        .take(PATIENCE)
                        .thenReturn(new byte[0]));
            case CONTROL ->
                body(request, PlayerControl.class)
                        .flatMap(change -> players.flatMap(its -> its.control(parameter(request, LISTENER), change)))
                        .map(JSON::writeValueAsBytes);
            case CONTROLS -> players.flatMap(Players::controls).map(JSON::writeValueAsBytes);
            case REMEMBER ->
                body(request, KnownControls.class)
                        .flatMap(known ->
                                players.flatMap(its -> its.remember(known).thenReturn(new byte[0])));
            case SEND_AWAY ->
                players.flatMap(its -> its.sendAway(parameter(request, LISTENER)))
                        .filter(found -> found)
                        .map(_ -> new byte[0]);
            case LEVELS -> Mono.justOrEmpty(channels.find(channel)).map(PeerQuestions::levels);
            default -> Mono.empty();
        };
    }

    private static byte[] levels(Channel channel) {
        return JSON.writeValueAsBytes(channel.mixMonitor().levels());
    }

    private static String parameter(ServerHttpRequest request, String name) {
        return Objects.requireNonNull(request.getQueryParams().getFirst(name), name);
    }

    private static <T> Mono<T> body(ServerHttpRequest request, Class<T> type) {
        Flux<DataBuffer> parts = request.getBody();
        return DataBufferUtils.join(parts, MOST_BYTES).map(joined -> {
            byte[] bytes = new byte[joined.readableByteCount()];
            joined.read(bytes);
            DataBufferUtils.release(joined);
            return JSON.readValue(bytes, type);
        });
    }
}
