package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.web.edge.Problem;
import org.springframework.http.HttpStatus;

/** The translation of a channel's refusal to be joined: into a close, an error message, and a problem detail. */
enum JoinRefusal {
    NO_SUCH_CHANNEL(CloseReason.NO_SUCH_CHANNEL, "no_such_channel", "There is no such channel."),
    NO_ROOM(CloseReason.TOO_MANY_CONNECTIONS, "too_many_channels", "There is no room for another channel now.");

    private final CloseReason closeReason;
    private final String code;
    private final String sentence;

    JoinRefusal(CloseReason closeReason, String code, String sentence) {
        this.closeReason = closeReason;
        this.code = code;
        this.sentence = sentence;
    }

    static JoinRefusal of(ChannelRefusal refusal) {
        return refusal.kind() == ChannelRefusal.Kind.NO_SUCH_CHANNEL ? NO_SUCH_CHANNEL : NO_ROOM;
    }

    /** Translates a channel's refusal into a problem; returns every other error unchanged. */
    static Throwable problem(Throwable error) {
        return error instanceof ChannelException refused ? of(refused.refusal()).problem(refused.refusal()) : error;
    }

    CloseReason closeReason() {
        return closeReason;
    }

    /** Returns the code of the error message, as codes are written in the listener protocol. */
    String code() {
        return code;
    }

    /** Returns the text of the error message. */
    String explanation() {
        return "channel: " + sentence;
    }

    private Throwable problem(ChannelRefusal refusal) {
        return switch (this) {
            case NO_SUCH_CHANNEL ->
                Problem.of(HttpStatus.NOT_FOUND, refusal.code(), refusal.message())
                        .exception();
            case NO_ROOM ->
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, refusal.code(), sentence)
                        .exception();
        };
    }
}
