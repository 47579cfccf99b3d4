package dev.stentor.web.channels;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelStatus;
import dev.stentor.channel.Channels;
import dev.stentor.channel.PlayerControl;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The lookup of channels, and of their listeners, by the name in a request's path. Thread-safe. */
record ChannelLookup(Channels channels, Broadcasts broadcasts) {

    /** Returns the name in the path, without a check whether such a channel exists. */
    static ChannelName name(ServerRequest request) {
        String name = request.pathVariable("channel");
        if (!ChannelName.isValid(name)) {
            throw Problem.invalid("channel", ChannelName.RULE).exception();
        }
        return new ChannelName(name);
    }

    /** Returns the channel that the path names; throws {@link ProblemException} of status 404 if it does not exist. */
    Channel find(ServerRequest request) {
        return channels.find(name(request))
                .orElseThrow(
                        () -> notFound("channel", "There is no such channel now; speaking or listening makes one."));
    }

    /**
     * Emits the channel that the path names, and creates it if necessary, unless the request says {@code ?create=never}. A new one counts
     * on the account of the request.
     */
    Mono<Channel> open(ServerRequest request) {
        boolean make = switch (request.queryParam("create").orElse("on-use")) {
            case "on-use" -> true;
            case "never" -> false;
            default ->
                throw Problem.invalid("create", "The value is on-use or never.").exception();
        };
        return Mono.deferContextual(context -> channels.open(name(request), make, Account.in(context)));
    }

    /** Returns the JSON form of a channel with its settings and its number of listeners. */
    ChannelView view(ChannelStatus status) {
        ChannelName name = status.name();
        Optional<Channel> channel = channels.find(name);
        return ChannelView.of(
                status,
                listenerCount(name),
                channel.map(Channel::isPinned).orElse(false),
                channel.map(Channel::settings).orElseGet(channels::settings),
                broadcasts.find(name).map(Broadcast::settings).orElseGet(broadcasts::settings),
                broadcasts.find(name).map(Broadcast::opusBitrate).orElseGet(broadcasts::opusBitrate),
                broadcasts.find(name).map(Broadcast::control).orElse(PlayerControl.NONE));
    }

    Mono<List<ListenerStatus>> listeners(ChannelName name) {
        return broadcasts.listeners(name);
    }

    List<ListenerStatus> listenersHere(ChannelName name) {
        return broadcasts.find(name).map(Broadcast::statuses).orElse(List.of());
    }

    int listenerCount(ChannelName name) {
        return broadcasts.find(name).map(Broadcast::listeners).orElse(0);
    }

    /** Returns the time of a channel's clock, by which its listeners' reports are dated. */
    long nowMicros(ChannelName name) {
        return broadcasts.find(name).map(Broadcast::micros).orElseGet(broadcasts.micros()::getAsLong);
    }

    static ProblemException notFound(String field, String detail) {
        return Problem.of(HttpStatus.NOT_FOUND, "NotFound", detail)
                .withField(field)
                .exception();
    }
}
