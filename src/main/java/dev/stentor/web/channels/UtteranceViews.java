package dev.stentor.web.channels;

import dev.stentor.channel.Utterance;
import dev.stentor.speech.WholeFile;
import dev.stentor.web.edge.FileAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The converter of utterances into their JSON form, with their listeners and recordings. Thread-safe.
 *
 * @param lookup source of the listeners
 * @param files addresses of the recordings; null if none are kept
 */
record UtteranceViews(ChannelLookup lookup, @Nullable FileAddresses files) {

    /** Returns the JSON form of an utterance for the sender of the request. */
    UtteranceView of(ServerRequest request, Utterance utterance) {
        return UtteranceView.of(
                utterance, lookup.listeners(utterance.channel()), lookup.nowMicros(), file(request, utterance));
    }

    /** Returns the JSON form of one of many, without what each listener heard. */
    UtteranceView inList(ServerRequest request, Utterance utterance) {
        return UtteranceView.of(utterance, null, lookup.nowMicros(), file(request, utterance));
    }

    private UtteranceView.@Nullable File file(ServerRequest request, Utterance utterance) {
        if (files == null || !(utterance.file() instanceof WholeFile.Archived kept)) {
            return null;
        }
        return new UtteranceView.File(
                files.of(request.exchange().getRequest(), kept).toString(),
                kept.expires().getEpochSecond());
    }
}
