package dev.stentor.web.channels;

import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.Utterance;
import dev.stentor.speech.WholeFile;
import dev.stentor.web.edge.FileAddresses;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * The converter of utterances into their JSON form, with their listeners and recordings. Thread-safe.
 *
 * @param lookup source of the listeners
 * @param files addresses of the recordings; null if none are kept
 */
record UtteranceViews(ChannelLookup lookup, @Nullable FileAddresses files) {

    /** Returns the JSON form of an utterance for the sender of the request. */
    Mono<UtteranceView> of(ServerRequest request, Utterance utterance) {
        return lookup.listeners(utterance.channel()).flatMap(listeners -> view(request, utterance, listeners));
    }

    /** Returns the JSON form of a new one, which nobody can have heard: no other node is asked for its listeners. */
    Mono<UtteranceView> ofNew(ServerRequest request, Utterance utterance) {
        return view(request, utterance, lookup.listenersHere(utterance.channel()));
    }

    /** Returns the JSON form of one of many, without what each listener heard. */
    Mono<UtteranceView> inList(ServerRequest request, Utterance utterance) {
        return view(request, utterance, null);
    }

    private Mono<UtteranceView> view(
            ServerRequest request, Utterance utterance, @Nullable List<ListenerStatus> listeners) {
        long now = lookup.nowMicros(utterance.channel());
        return file(request, utterance)
                .map(file -> UtteranceView.of(utterance, listeners, now, file, null))
                .switchIfEmpty(Mono.fromSupplier(() ->
                        UtteranceView.of(utterance, listeners, now, null, MissingFile.of(utterance, files != null))));
    }

    private Mono<UtteranceView.File> file(ServerRequest request, Utterance utterance) {
        if (files == null || !(utterance.file() instanceof WholeFile.Archived kept)) {
            return Mono.empty();
        }
        return files.of(request.exchange().getRequest(), kept)
                .map(link ->
                        new UtteranceView.File(link.address(), link.expires().getEpochSecond()));
    }
}
