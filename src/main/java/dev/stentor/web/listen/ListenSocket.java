package dev.stentor.web.listen;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.JoinRequest;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.NettyOutlet;
import dev.stentor.channel.ChannelException;
import dev.stentor.web.listen.ListenApi.HeardChannel;
import io.netty.channel.Channel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import tools.jackson.databind.JsonNode;

/** One connection that speaks {@code stentor.v1}: it reads what the client says, in its order. Confined to the event loop. */
final class ListenSocket {

    /** The most bytes of a message; hellos and reports are far smaller. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024;

    /** The most bytes that may wait for the client while its messages are still read: some hundred answers. */
    private static final int UNREAD_ANSWER_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ListenSocket.class);

    private final Broadcasts broadcasts;
    private final Supplier<Mono<HeardChannel>> open;
    private final LongSupplier micros;
    private final String connection;
    private final Channel channel;
    private final ListenTimes times;
    private final ListenBounds bounds;
    private final ListenStats stats;
    private final Sinks.One<CloseReason> closing = Sinks.one();
    private final NettyOutlet outlet;
    private final ListenTrace trace;
    private final Listener listener;
    private final ListenerCommands commands;
    private final Heartbeat heartbeat;
    private final PacedReader reader;
    private final PongSender pongs;
    private final Future<?> helloTimer;
    private final LevelsSender levels;
    private @Nullable Future<?> cutTimer;
    private boolean joined;
    private boolean closed;

    /**
     * Takes over a connection, which serves from now on.
     *
     * @param broadcasts the broadcasts of all channels
     * @param open opens the spoken channel when the hello comes, and makes it if needed
     * @param bounds of what the client may send, and leave unread
     * @param commands makes what runs the client's commands, for the listener and on the event loop
     * @param trace steps of this listener
     */
    ListenSocket(
            Broadcasts broadcasts,
            Supplier<Mono<HeardChannel>> open,
            String connection,
            Channel channel,
            ListenTimes times,
            ListenBounds bounds,
            ListenStats stats,
            BiFunction<Listener, Executor, ListenerCommands> commands,
            ListenTrace trace) {
        this.broadcasts = broadcasts;
        this.open = open;
        this.micros = broadcasts.micros();
        this.connection = connection;
        this.channel = channel;
        this.times = times;
        this.bounds = bounds;
        this.stats = stats;
        outlet =
                NettyOutlet.install(channel, broadcasts.settings().sending(), Format.PCM.bytesPerSecond(), this::close);
        this.trace = trace;
        listener = new Listener(
                trace.watched(outlet),
                channel.eventLoop(),
                micros,
                broadcasts.settings().report());
        outlet.onWritable(this::writable);
        this.commands = commands.apply(listener, channel.eventLoop());
        heartbeat = new Heartbeat(
                channel.eventLoop(), times.ping(), listener::ping, () -> listener.close(CloseReason.PING_TIMEOUT));
        levels = new LevelsSender(channel.eventLoop(), listener::levels);
        pongs = new PongSender(outlet);
        reader = new PacedReader(
                channel.eventLoop(), micros, bounds.budget(), this::areAnswersRead, stats, this::receive);
        helloTimer = channel.eventLoop()
                .schedule(
                        () -> listener.close(CloseReason.NO_HELLO),
                        times.hello().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Reads the client's messages; completes when the connection ends. */
    Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
        WebsocketInbound whole = in.aggregateFrames(2 * MAX_MESSAGE_BYTES);
        trace.watchClose(in);
        var shortWay = new ShortWay(() -> joined && !closed, reader, listener, pongs, heartbeat, micros, this::failed);
        FrequentFrames.install(channel.pipeline(), shortWay);
        FrequentBytes.install(channel.pipeline(), shortWay);
        whole.withConnection(connection -> connection.addHandlerLast("stentor.cuts", new CutMessages()));
        Mono<Void> said = reader.read(whole.receiveFrames()).onErrorResume(TooLongFrameException.class, tooLong -> {
            close(CloseReason.TOO_LARGE);
            return Mono.never();
        });
        Mono<Void> sentAway = closing.asMono().flatMap(reason -> out.sendClose(reason.code(), reason.sentence()));
        return Mono.firstWithSignal(said, sentAway).doFinally(signal -> {
            heartbeat.stop();
            levels.stop();
            helloTimer.cancel(false);
            if (cutTimer != null) {
                cutTimer.cancel(false);
            }
            listener.leave();
            commands.leave();
            pongs.close();
            trace.end();
        });
    }

    /** Sends what waited for the client to read: first the answer to its latest ping, then sound. */
    private void writable() {
        pongs.sendUnsent();
        listener.writable();
        reader.answersWereRead();
    }

    /** Tells whether so little waits that the client may ask for more; cuts a client for which far too much waits. */
    private boolean areAnswersRead() {
        long pending = outlet.pendingBytes();
        if (bounds.maxOutboundBytes() > 0 && pending > bounds.maxOutboundBytes()) {
            stats.overflowed();
            cut();
        }
        return pending <= UNREAD_ANSWER_BYTES || outlet.isWritable();
    }

    private void receive(WebSocketFrame frame) {
        heartbeat.heard(frame);
        if (closed) {
            return;
        }
        if (frame instanceof PingWebSocketFrame ping) {
            pongs.answer(ping.content());
            return;
        }
        try {
            if (frame.content().readableBytes() > MAX_MESSAGE_BYTES) {
                throw new BadMessage(
                        CloseReason.TOO_LARGE, "message", "At most " + MAX_MESSAGE_BYTES + " bytes are taken.");
            }
            if (frame instanceof TextWebSocketFrame text) {
                understand(MessageJson.parse(text.text()));
            } else if (frame instanceof BinaryWebSocketFrame) {
                throw new BadMessage("message", "Messages are texts of JSON.");
            }
        } catch (BadMessage bad) {
            listener.error(bad.reason().name().toLowerCase(Locale.ROOT), bad.explanation(), true);
            listener.close(bad.reason());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        LOG.atError().addKeyValue("conn", connection).setCause(e).log("a listener's message was not served");
        listener.close(CloseReason.INTERNAL);
    }

    private void understand(JsonNode message) {
        String type = message.path("t").asString("");
        if (!joined && !type.equals("hello")) {
            throw new BadMessage("t", "The first message is a hello.");
        }
        ClientMessage.named(type).ifPresent(known -> obey(known, message)); // unknown types are ignored
    }

    private void obey(ClientMessage type, JsonNode message) {
        switch (type) {
            case HELLO -> hello(message);
            case TIME -> {
                byte[] stamp = MessageJson.stamp(message).getBytes(StandardCharsets.US_ASCII);
                listener.time(stamp, 0, stamp.length, micros.getAsLong());
            }
            case REPORT -> listener.report(MessageJson.report(message));
            case FLOW -> flow(message.path("state"));
            case SAY -> commands.say(message);
            case INTERRUPT -> commands.interrupt(message);
            case BYE -> close(CloseReason.BYE);
        }
    }

    private void hello(JsonNode message) {
        if (joined) {
            throw new BadMessage("t", "A connection says hello once.");
        }
        var request = Hello.read(message, connection, broadcasts.formats());
        boolean levelsToo = Hello.wantsLevels(message);
        outlet.carry(request.format().bytesPerSecond());
        joined = true;
        helloTimer.cancel(false);
        trace.hello(request.format());
        var _ = open.get()
                .subscribe(
                        heard -> join(heard, request, levelsToo),
                        refused -> channel.eventLoop().execute(() -> notJoined(refused)));
    }

    private void join(HeardChannel heard, JoinRequest request, boolean levelsToo) {
        heard.broadcast().join(listener, request);
        if (levelsToo) {
            channel.eventLoop().execute(() -> levels.start(heard.levels()));
        }
    }

    private void notJoined(Throwable reason) {
        if (reason instanceof ChannelException refused) {
            JoinRefusal.of(refused.refusal()).tell(listener);
        } else {
            LOG.atError().addKeyValue("conn", connection).setCause(reason).log("a listener could not join");
            listener.close(CloseReason.INTERNAL);
        }
    }

    private void flow(JsonNode state) {
        switch (state.asString("")) {
            case "on" -> listener.flow(true);
            case "off" -> listener.flow(false);
            default -> throw new BadMessage("state", "The flow is on or off.");
        }
    }

    private void close(CloseReason reason) {
        if (!closed) {
            closed = true;
            stats.closed(reason);
            trace.closed(reason);
            var _ = closing.tryEmitValue(reason);
            cutTimer = channel.eventLoop().schedule(this::cut, times.close().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cut() {
        var _ = channel.close();
    }
}
