package dev.stentor.web.channels;

import dev.stentor.channel.Utterance;
import dev.stentor.speech.WholeFile;
import dev.stentor.web.edge.FileAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Shows utterances with what the rest of the gateway knows of them. Thread-safe.
 *
 * @param files gives the addresses of recordings; null where none are kept
 */
record UtteranceViews(ChannelLookup lookup, @Nullable FileAddresses files) {

    /** As it is to be shown to whoever asked. */
    UtteranceView of(ServerRequest request, Utterance utterance) {
        return UtteranceView.of(
                utterance, lookup.listeners(utterance.channel()), lookup.nowMicros(), file(request, utterance));
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
