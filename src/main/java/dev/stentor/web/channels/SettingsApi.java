package dev.stentor.web.channels;

import dev.stentor.broadcast.DeliverySettings;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStatus;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.JsonBody;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes that create a channel with its own settings, change them, and remove the channel. */
final class SettingsApi {

    private final ChannelLookup lookup;
    private final JsonBody bodies;

    SettingsApi(ChannelLookup lookup, JsonBody bodies) {
        this.lookup = lookup;
        this.bodies = bodies;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .PUT("/v1/channels/{channel}", this::put)
                .DELETE("/v1/channels/{channel}", this::remove)
                .build();
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        ChannelName name = ChannelLookup.name(request);
        return bodies.readOptional(request, ChannelBody.class, ChannelBody.EMPTY)
                .flatMap(body -> Mono.deferContextual(context -> {
                    ChannelSettings speech = body.toSettings(lookup.channels().settings());
                    DeliverySettings delivery =
                            body.toDelivery(lookup.broadcasts().settings());
                    boolean isNew = lookup.channels().find(name).isEmpty();
                    return lookup.channels()
                            .put(name, speech, Account.in(context))
                            .doOnNext(status -> lookup.broadcasts().adjust(name, delivery))
                            .flatMap(status ->
                                    lookup.channels().find(name).orElseThrow().status())
                            .flatMap(status -> answer(status, isNew));
                }));
    }

    private Mono<ServerResponse> answer(ChannelStatus status, boolean isNew) {
        ServerResponse.BodyBuilder answer =
                isNew ? ServerResponse.created(URI.create("/v1/channels/" + status.name())) : ServerResponse.ok();
        return answer.contentType(MediaType.APPLICATION_JSON).bodyValue(lookup.view(status));
    }

    private Mono<ServerResponse> remove(ServerRequest request) {
        ChannelName name = lookup.find(request).name();
        lookup.broadcasts().remove(name);
        return lookup.channels()
                .remove(name)
                .flatMap(there -> ServerResponse.noContent().build());
    }
}
