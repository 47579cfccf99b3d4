package dev.stentor.web.listen;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import org.springframework.http.HttpStatus;

/** The translation of a channel's refusal to be joined: into a close, an error message, and a problem detail. */
enum JoinRefusal {
    NO_SUCH_CHANNEL(CloseReason.NO_SUCH_CHANNEL, "no_such_channel", "There is no such channel."),
    CHANNEL_QUOTA(CloseReason.QUOTA, "channel_quota_exceeded", Quota.CHANNELS.sentence()),
    UNREACHABLE(
            CloseReason.UNREACHABLE,
            "channel_unreachable",
            "The node that has this channel cannot be reached just now."),
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
        return switch (refusal.kind()) {
            case NO_SUCH_CHANNEL -> NO_SUCH_CHANNEL;
            case CHANNEL_QUOTA -> CHANNEL_QUOTA;
            case ELSEWHERE, UNREACHABLE -> UNREACHABLE;
            default -> NO_ROOM;
        };
    }

    /** Translates a refusal, of a channel or for a quota, into a problem; returns every other error unchanged. */
    static Throwable problem(Throwable error) {
        return switch (error) {
            case ChannelException refused -> of(refused.refusal()).problem(refused.refusal());
            case QuotaException refused ->
                new ProblemException(
                        Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                refused.quota().code(),
                                refused.quota().sentence()),
                        refused.retryAfter());
            default -> error;
        };
    }

    CloseReason closeReason() {
        return closeReason;
    }

    /** Returns the text of the error message. */
    String explanation() {
        return "channel: " + sentence;
    }

    /** Tells a listener of the protocol, and sends it away. Called on its event loop. */
    void tell(Listener listener) {
        listener.error(code, explanation(), true);
        listener.close(closeReason);
    }

    private Throwable problem(ChannelRefusal refusal) {
        return switch (this) {
            case NO_SUCH_CHANNEL ->
                Problem.of(HttpStatus.NOT_FOUND, refusal.code(), refusal.message())
                        .exception();
            case UNREACHABLE ->
                new ProblemException(
                        Problem.of(HttpStatus.SERVICE_UNAVAILABLE, refusal.code(), refusal.message()),
                        refusal.retryAfter());
            case CHANNEL_QUOTA, NO_ROOM ->
                new ProblemException(
                        Problem.of(HttpStatus.TOO_MANY_REQUESTS, refusal.code(), sentence), refusal.retryAfter());
        };
    }
}
