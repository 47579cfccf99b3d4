package dev.stentor.web.listen;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.ListenerReport;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The short way of what a client says all the time: reports, questions for the time, pings and pongs, as bytes or as frames. It is served
 * here if it is written plainly, and would be served at once anyway; all others take the long way through {@link PacedReader}, with the same results.
 * Confined to the connection's event loop.
 */
final class ShortWay implements Predicate<WebSocketFrame>, FrequentBytes.Owner, FrequentMessages.Receiver {

    private final BooleanSupplier isOpen;
    private final PacedReader reader;
    private final Listener listener;
    private final PongSender pongs;
    private final Heartbeat heartbeat;
    private final LongSupplier micros;
    private final Consumer<RuntimeException> failed;

    /**
     * Creates the way of one connection.
     *
     * @param isOpen true while the client has said hello and is not being closed
     * @param reader of all messages, whose pace counts here as well
     * @param failed is told if a message could not be served
     */
    ShortWay(
            BooleanSupplier isOpen,
            PacedReader reader,
            Listener listener,
            PongSender pongs,
            Heartbeat heartbeat,
            LongSupplier micros,
            Consumer<RuntimeException> failed) {
        this.isOpen = isOpen;
        this.reader = reader;
        this.listener = listener;
        this.pongs = pongs;
        this.heartbeat = heartbeat;
        this.micros = micros;
        this.failed = failed;
    }

    /** Serves a frame, which stays the caller's; false if it must take the long way. */
    @Override
    public boolean test(WebSocketFrame frame) {
        if (!isFree()) {
            return false;
        }
        try {
            boolean served = serve(frame);
            if (served) {
                heartbeat.heard(frame);
                reader.served();
            }
            return served;
        } catch (RuntimeException e) {
            failed.accept(e);
            return true;
        }
    }

    @Override
    public boolean serve(ByteBuf bytes, int from, int length, int mask) {
        if (!isFree()) {
            return false;
        }
        try {
            boolean served = FrequentMessages.ofLoop().read(bytes, from, length, mask, this);
            if (served) {
                heartbeat.heardMessage();
                reader.served();
            }
            return served;
        } catch (RuntimeException e) {
            failed.accept(e);
            return true;
        }
    }

    private boolean isFree() {
        return isOpen.getAsBoolean() && reader.mayServeAtOnce();
    }

    private boolean serve(WebSocketFrame frame) {
        return switch (frame) {
            case TextWebSocketFrame text
            when text.isFinalFragment() -> FrequentMessages.ofLoop().read(text.content(), this);
            case PongWebSocketFrame _ -> true;
            case PingWebSocketFrame ping -> {
                pongs.answer(ping.content());
                yield true;
            }
            default -> false;
        };
    }

    @Override
    public void report(ListenerReport report) {
        listener.report(report);
    }

    @Override
    public void time(byte[] bytes, int from, int to) {
        listener.time(bytes, from, to, micros.getAsLong());
    }
}
