package dev.stentor.web.channels;

import dev.stentor.channel.Utterance;
import dev.stentor.speech.WholeFile;
import dev.stentor.web.edge.FileAddresses;
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
        return file(request, utterance)
                .map(file -> view(utterance, file, null))
                .switchIfEmpty(
                        Mono.fromSupplier(() -> view(utterance, null, MissingFile.of(utterance, files != null))));
    }

    private UtteranceView view(
            Utterance utterance, UtteranceView.@Nullable File file, UtteranceView.@Nullable Fault fileError) {
        return UtteranceView.of(utterance, lookup.listeners(utterance.channel()), lookup.nowMicros(), file, fileError);
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
