package dev.stentor.web.listen;

import dev.stentor.access.Caller;
import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixLevels;
import dev.stentor.trace.TraceSpan;
import dev.stentor.usage.Account;
import dev.stentor.usage.Lease;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.ProblemFilter;
import dev.stentor.web.edge.RemoteCommands;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The API for listening to a channel. The handshake passes the web filters; from then on the connection's Netty channel is
 * served directly, see {@link ListenSocket}.
 */
public final class ListenApi {

    static final int MAX_FRAME_BYTES = 4 * ListenSocket.MAX_MESSAGE_BYTES;

    private final Channels channels;
    private final Broadcasts broadcasts;
    private final Hearing hearing;
    private final ListenTimes times;
    private final ListenBounds bounds;
    private final ListenStats stats;
    private final ListenRights rights;
    private final Supplier<String> connectionNames;
    private final PlainListening plain;

    /**
     * Creates the API for these channels.
     *
     * @param hearing the way to their broadcasts
     * @param connectionNames unique within this process
     * @param work the scheduler on which plain audio is handed to connections
     */
    public ListenApi(
            Channels channels,
            Broadcasts broadcasts,
            Hearing hearing,
            ListenTimes times,
            ListenBounds bounds,
            ListenStats stats,
            ListenRights rights,
            Supplier<String> connectionNames,
            Scheduler work) {
        this.channels = channels;
        this.broadcasts = broadcasts;
        this.hearing = hearing;
        this.times = times;
        this.bounds = bounds;
        this.stats = stats;
        this.rights = rights;
        this.connectionNames = connectionNames;
        this.plain = new PlainListening(work, times, bounds, stats, broadcasts.mp3BitRate(), broadcasts.micros());
    }

    /** Returns its routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(UpgradeFilter.ADDRESS, this::listen)
                .GET("/v1/channels/{channel}/audio.wav", this::wav)
                .HEAD("/v1/channels/{channel}/audio.wav", request -> plain.head(PlainListening.WAV))
                .GET("/v1/channels/{channel}/audio.ogg", this::ogg)
                .HEAD("/v1/channels/{channel}/audio.ogg", request -> plain.head(PlainListening.OGG))
                .GET("/v1/channels/{channel}/audio.mp3", this::mp3)
                .HEAD("/v1/channels/{channel}/audio.mp3", request -> plain.mp3Head(Handshake.wantsTitles(request)))
                .filter(new ProblemFilter(JoinRefusal::problem))
                .build();
    }

    /**
     * Returns a filter that serves handshakes without a look at other routes; it must be the last one.
     *
     * @param writers of the answers to handshakes that are none
     */
    public WebFilter upgrades(List<HttpMessageWriter<?>> writers) {
        return new UpgradeFilter(this::listen, writers);
    }

    private Mono<ServerResponse> wav(ServerRequest request) {
        return endless(request, plain::wav);
    }

    private Mono<ServerResponse> ogg(ServerRequest request) {
        int serial = connectionNames.get().hashCode();
        return endless(request, (broadcast, silence, over) -> plain.ogg(broadcast, silence, serial, over));
    }

    private Mono<ServerResponse> mp3(ServerRequest request) {
        boolean titles = Handshake.wantsTitles(request);
        return endless(request, (broadcast, silence, over) -> plain.mp3(broadcast, silence, titles, over));
    }

    private Mono<ServerResponse> endless(ServerRequest request, EndlessAnswer answer) {
        ChannelName name = Handshake.channel(request);
        boolean make = Handshake.mayMake(request);
        boolean silence = Handshake.wantsSilence(request);
        if (!broadcasts.admit()) {
            throw Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "TooManyListeners",
                            "There are " + broadcasts.connections() + " listeners already.")
                    .exception();
        }
        return Mono.deferContextual(context -> {
            Account account = Account.in(context);
            Lease lease = account.lease(Quota.LISTENERS);
            var over = new AtomicBoolean();
            Runnable leave = () -> {
                if (over.compareAndSet(false, true)) {
                    broadcasts.dismiss();
                    lease.close();
                }
            };
            return lease.take()
                    .then(Mono.defer(() -> open(name, make, account)))
                    .flatMap(broadcast -> answer.of(broadcast, silence, leave))
                    .doOnError(failed -> leave.run())
                    .doOnCancel(leave);
        });
    }

    /** An answer with the sound of a channel, without end. */
    @FunctionalInterface
    private interface EndlessAnswer {
        /** Returns the answer; {@code over} is run when the listener has gone. */
        Mono<ServerResponse> of(Broadcast broadcast, boolean silence, Runnable over);
    }

    private Mono<ServerResponse> listen(ServerRequest request) {
        Handshake.requireWebSocket(request);
        try {
            ChannelName name = Handshake.channel(request);
            boolean make = Handshake.mayMake(request);
            boolean bare = Handshake.isBare(request);
            int rateHz = bare ? Handshake.rateHz(request) : SpeechTime.SAMPLES_PER_SECOND;
            return hearing.isThere(name, make).flatMap(there -> {
                if (!there && !broadcasts.isDraining()) {
                    stats.closed(CloseReason.NO_SUCH_CHANNEL);
                    return SocketUpgrade.refuse(CloseReason.NO_SUCH_CHANNEL, JoinRefusal.NO_SUCH_CHANNEL.explanation());
                }
                return bare ? bare(name, make, rateHz) : framed(name, make, request);
            });
        } catch (ProblemException wrong) {
            String field =
                    wrong.problem().field() == null ? "" : wrong.problem().field() + ": ";
            return SocketUpgrade.refuse(
                    CloseReason.BAD_MESSAGE, field + wrong.problem().detail());
        }
    }

    private Mono<ServerResponse> bare(ChannelName name, boolean make, int rateHz) {
        return Mono.deferContextual(context -> {
            Account account = Account.in(context);
            return WebSocketUpgrade.of(
                    null, (in, out) -> admitted(account, out, () -> bare(name, make, account, rateHz, in, out)));
        });
    }

    private Mono<ServerResponse> framed(ChannelName name, boolean make, ServerRequest request) {
        return Mono.deferContextual(context -> {
            Account account = Account.in(context);
            Caller caller = Caller.in(context);
            TraceSpan span = TraceSpan.in(context);
            RemoteCommands elsewhere = hearing.commands(name, () -> Handshake.sender(request, caller, name));
            return WebSocketUpgrade.of(
                    Handshake.PROTOCOL,
                    (in, out) ->
                            admitted(account, out, () -> serve(name, make, caller, account, elsewhere, span, in, out)));
        });
    }

    /** Serves a connection if there is room for it, in all and on its account. */
    private Publisher<Void> admitted(Account account, WebsocketOutbound out, Supplier<Mono<Void>> serving) {
        if (!broadcasts.admit()) {
            return turnAway(out);
        }
        Lease lease = account.lease(Quota.LISTENERS);
        return lease.take()
                .then(Mono.defer(serving))
                .onErrorResume(QuotaException.class, refused -> turnAway(out, CloseReason.QUOTA))
                .doFinally(signal -> {
                    broadcasts.dismiss();
                    lease.close();
                });
    }

    private Mono<Void> serve(
            ChannelName name,
            boolean make,
            Caller caller,
            Account account,
            @Nullable RemoteCommands elsewhere,
            TraceSpan span,
            WebsocketInbound in,
            WebsocketOutbound out) {
        String connection = connectionNames.get();
        var socket = new ListenSocket(
                broadcasts,
                () -> open(name, make, account).map(broadcast -> new HeardChannel(broadcast, hearing.levels(name))),
                connection,
                SocketUpgrade.channelOf(in),
                times,
                bounds,
                stats,
                (listener, loop) -> new ListenerCommands(
                        rights,
                        caller,
                        account,
                        name.value(),
                        () -> channels.open(name, make, account),
                        new RemoteSpeech(elsewhere),
                        listener,
                        stats,
                        span,
                        loop),
                ListenTrace.begin(span, name, connection));
        return socket.serve(in, out);
    }

    private Mono<Void> bare(
            ChannelName name, boolean make, Account account, int rateHz, WebsocketInbound in, WebsocketOutbound out) {
        return open(name, make, account)
                .flatMap(broadcast ->
                        plain.bare(broadcast, rateHz, SocketUpgrade.channelOf(in), in, out, () -> end(broadcast)))
                .onErrorResume(ChannelException.class, refused -> turnAway(out, refused.refusal()));
    }

    /** Returns the reason why the sound of a client without the protocol has ended. */
    private CloseReason end(Broadcast broadcast) {
        if (broadcasts.isDraining()) {
            return CloseReason.DRAIN;
        }
        return broadcast.plain().isClosed() ? CloseReason.NO_SUCH_CHANNEL : CloseReason.REMOVED;
    }

    private Mono<Void> turnAway(WebsocketOutbound out) {
        return turnAway(out, broadcasts.isDraining() ? CloseReason.DRAIN : CloseReason.TOO_MANY_CONNECTIONS);
    }

    private Mono<Void> turnAway(WebsocketOutbound out, ChannelRefusal refusal) {
        return turnAway(out, JoinRefusal.of(refusal).closeReason());
    }

    private Mono<Void> turnAway(WebsocketOutbound out, CloseReason reason) {
        stats.closed(reason);
        return out.sendClose(reason.code(), reason.sentence());
    }

    /** Emits the broadcast of a channel; fails with {@link ChannelException}, instead of emitting nothing, if it cannot be heard. */
    private Mono<Broadcast> open(ChannelName name, boolean make, Account account) {
        return hearing.open(name, make, account).switchIfEmpty(Mono.error(ChannelException::unreachable));
    }

    /**
     * A channel that a listener joins.
     *
     * @param levels tells how loud it is; null while that is not known
     */
    record HeardChannel(Broadcast broadcast, Supplier<@Nullable MixLevels> levels) {}
}
