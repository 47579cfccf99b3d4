package dev.stentor.web.cluster;

import dev.stentor.broadcast.KnownControls;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.MixLevels;
import dev.stentor.channel.PlayerControl;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.relay.Peers;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.RemoteCommands;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client of the other nodes. Its connections are limited, for each node. Requests that are passed on, which may last as long as their client
 * likes, have others than questions and commands, so that these get through in any case. Thread-safe.
 */
public final class PeerClient implements Peers, AutoCloseable {

    /** The most requests that are passed on to a node at once. */
    private static final int MOST_PASSED = 1_000;

    /** The most questions and commands on their way to a node at once. */
    private static final int MOST_ASKED = 100;

    private static final int MOST_WAITING = 1_000;
    private static final int CONNECT_MILLIS = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** The longest silence of a node that answers. Its event streams say something every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** The longest wait for an answer that takes a node some work. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final JsonMapper JSON = new JsonMapper();

    private final ConnectionProvider asking;
    private final ConnectionProvider passing;
    /** For questions and commands. */
    private final HttpClient client;

    private final HttpClient passer;

    /** Creates a client without connections. */
    public PeerClient(PeerSecret secret) {
        this(secret, MOST_PASSED);
    }

    /** @param mostPassed requests that are passed on to a node at once */
    PeerClient(PeerSecret secret, int mostPassed) {
        asking = connections("cluster", MOST_ASKED);
        passing = connections("cluster-passing", mostPassed);
        client = client(asking, secret);
        passer = client(passing, secret);
    }

    private static ConnectionProvider connections(String name, int most) {
        return ConnectionProvider.builder(name)
                .maxConnections(most)
                .pendingAcquireMaxCount(MOST_WAITING)
                .pendingAcquireTimeout(Duration.ofMillis(CONNECT_MILLIS))
                .maxIdleTime(IDLE)
                .build();
    }

    private static HttpClient client(ConnectionProvider connections, PeerSecret secret) {
        return HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .disableRetry(true) // what was sent may have been done
                .responseTimeout(SILENCE)
                .headers(headers -> headers.set(PeerHeaders.SECRET, secret.shown()));
    }

    @Override
    public Mono<Long> micros(ClusterNode node, ChannelName channel) {
        return client.responseTimeout(Duration.ofMillis(CONNECT_MILLIS))
                .get()
                .uri(node.address() + PeerQuestions.CLOCK + channel)
                .responseSingle((response, body) -> response.status().code() == HttpStatus.OK.value()
                        ? body.asString(StandardCharsets.US_ASCII).map(Long::valueOf)
                        : Mono.empty());
    }

    @Override
    public Mono<List<ListenerStatus>> listeners(ClusterNode node, ChannelName channel) {
        return client.responseTimeout(Duration.ofMillis(CONNECT_MILLIS))
                .get()
                .uri(node.address() + PeerQuestions.LISTENERS + channel)
                .responseSingle((_, body) -> body.asByteArray())
                .map(ListenerList::read);
    }

    /** Emits what a node has counted; fails if it does not answer well. */
    Mono<List<UsageRow>> usage(ClusterNode node, UsageQuery query) {
        return client.responseTimeout(ANSWER)
                .get()
                .uri(node.address() + UsageForm.address(query))
                .responseSingle((response, body) -> response.status().code() == HttpStatus.OK.value()
                        ? body.asByteArray()
                        : Mono.error(new IOException(
                                "the node answered " + response.status().code())))
                .map(UsageForm::rows);
    }

    @Override
    public Mono<Void> silenced(ClusterNode node, ChannelName channel, int generation) {
        return asked(node, PeerQuestions.SILENCED + channel + "?" + PeerQuestions.GENERATION + "=" + generation, null)
                .then();
    }

    @Override
    public Mono<ToldControl> control(ClusterNode node, ChannelName channel, String listener, PlayerControl change) {
        return asked(node, PeerQuestions.CONTROL + channel + named(listener), change)
                .map(json -> JSON.readValue(json, ToldControl.class));
    }

    @Override
    public Mono<KnownControls> controls(ClusterNode node, ChannelName channel) {
        return asked(node, PeerQuestions.CONTROLS + channel, null)
                .map(json -> JSON.readValue(json, KnownControls.class));
    }

    @Override
    public Mono<Void> remember(ClusterNode node, ChannelName channel, KnownControls controls) {
        return asked(node, PeerQuestions.REMEMBER + channel, controls).then();
    }

    @Override
    public Mono<Boolean> sendAway(ClusterNode node, ChannelName channel, String listener) {
        return asked(node, PeerQuestions.SEND_AWAY + channel + named(listener), null)
                .hasElement();
    }

    /** Emits how loud a channel is on the node that has it; fails, or is empty, if it cannot be told. */
    Mono<MixLevels> levels(ClusterNode node, ChannelName channel) {
        return asked(node, PeerQuestions.LEVELS + channel, null).map(json -> JSON.readValue(json, MixLevels.class));
    }

    private static String named(String listener) {
        return "?" + PeerQuestions.LISTENER + "=" + URLEncoder.encode(listener, StandardCharsets.UTF_8);
    }

    /**
     * Asks a node, and emits its answer, which may be without bytes; empty if it does not have what is asked for.
     *
     * @param body sent as JSON; null means that there is none
     */
    private Mono<byte[]> asked(ClusterNode node, String path, @Nullable Object body) {
        byte[] json = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        return client.responseTimeout(Duration.ofMillis(CONNECT_MILLIS))
                .post()
                .uri(node.address() + path)
                .send(ByteBufFlux.fromInbound(Mono.just(json)))
                .responseSingle((response, answer) -> switch (response.status().code()) {
                    case 200 -> answer.asByteArray().defaultIfEmpty(new byte[0]);
                    case 404 -> Mono.empty();
                    default -> Mono.error(PeerClient::away);
                });
    }

    /**
     * Passes a request on, and its answer back, both as they come. Cancelling ends both. If the node cannot be reached, or goes away before
     * it answers, it fails with a {@link ProblemException} of status 503.
     *
     * @param vouched caller for whom this node vouches, as {@code access.VouchedCaller} writes one; null if the request has its credential
     */
    Mono<Void> pass(ServerWebExchange exchange, ClusterNode node, @Nullable String vouched) {
        ServerHttpRequest request = exchange.getRequest();
        HttpClient.RequestSender sender = passer.headers(headers -> {
                    copy(request, headers);
                    if (vouched != null) {
                        headers.set(PeerHeaders.CALLER, vouched);
                    }
                })
                .request(HttpMethod.valueOf(request.getMethod().name()))
                .uri(address(node, request.getURI()));
        HttpClient.ResponseReceiver<?> receiver =
                hasBody(request) ? sender.send((_, out) -> out.send(body(request))) : sender;
        return receiver.response((response, body) -> answer(exchange.getResponse(), response, body))
                .then()
                .onErrorMap(error -> exchange.getResponse().isCommitted() ? error : away());
    }

    /**
     * An answer to a command.
     *
     * @param body its text; may be empty
     */
    record Answer(int status, String body) {}

    /** Sends a body in JSON to a node, on behalf of a client. Fails with a {@link ProblemException} of status 503 if it is not answered. */
    Mono<Answer> post(ClusterNode node, String path, RemoteCommands.Sender sender, byte[] json) {
        return on(sender)
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"))
                .post()
                .uri(node.address() + path)
                .send(ByteBufFlux.fromInbound(Mono.just(json)))
                .responseSingle((response, body) -> body.asString(StandardCharsets.UTF_8)
                        .defaultIfEmpty("")
                        .map(text -> new Answer(response.status().code(), text)))
                .onErrorMap(_ -> away());
    }

    /** Asks a node for a list, on behalf of a client; fails if it does not give one. */
    Mono<JsonNode> list(ClusterNode node, String path, RemoteCommands.Sender sender) {
        return on(sender)
                .get()
                .uri(node.address() + path)
                .responseSingle((response, body) -> response.status().code() == HttpStatus.OK.value()
                        ? body.asByteArray().map(JSON::readTree)
                        : Mono.error(PeerClient::away));
    }

    private HttpClient on(RemoteCommands.Sender behalf) {
        return client.headers(headers -> {
            if (behalf.authorization() != null) {
                headers.set(HttpHeaderNames.AUTHORIZATION, behalf.authorization());
            }
            if (behalf.vouched() != null) {
                headers.set(PeerHeaders.CALLER, behalf.vouched());
            }
            if (behalf.address() != null) {
                headers.set(PeerHeaders.CLIENT, behalf.address());
            }
        });
    }

    /** Closes all connections. */
    @Override
    public void close() {
        asking.dispose();
        passing.dispose();
    }

    /** Returns the problem that the owner of a channel cannot be reached. */
    static ProblemException away() {
        return new ProblemException(
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "ChannelUnreachable",
                        "The node that has this channel cannot be reached just now; try again."),
                RETRY_AFTER);
    }

    private static URI address(ClusterNode node, URI asked) {
        String query = asked.getRawQuery();
        return URI.create(node.address() + asked.getRawPath() + (query == null ? "" : "?" + query));
    }

    private static boolean hasBody(ServerHttpRequest request) {
        return request.getHeaders().getContentLength() > 0
                || request.getHeaders().containsHeader(org.springframework.http.HttpHeaders.TRANSFER_ENCODING);
    }

    private static Flux<ByteBuf> body(ServerHttpRequest request) {
        return request.getBody().map(NettyDataBufferFactory::toByteBuf);
    }

    private static void copy(ServerHttpRequest request, HttpHeaders headers) {
        request.getHeaders().forEach((name, values) -> {
            if (PeerHeaders.goesOn(name)) {
                headers.set(name, values);
            }
        });
        InetSocketAddress remote = request.getRemoteAddress();
        if (remote != null && remote.getAddress() != null) {
            headers.set(PeerHeaders.CLIENT, remote.getAddress().getHostAddress());
        }
    }

    private static Flux<Void> answer(ServerHttpResponse out, HttpClientResponse response, ByteBufFlux body) {
        out.setStatusCode(HttpStatusCode.valueOf(response.status().code()));
        for (String name : response.responseHeaders().names()) {
            if (PeerHeaders.goesOn(name)) {
                out.getHeaders().put(name, response.responseHeaders().getAll(name));
            }
        }
        var buffers = (NettyDataBufferFactory) out.bufferFactory();
        return out.writeAndFlushWith(body.retain().map(part -> Mono.just(buffers.wrap(part))))
                .flux();
    }
}
