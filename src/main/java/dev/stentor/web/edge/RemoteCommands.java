package dev.stentor.web.edge;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The commands of one listener to a channel that another node has. Each fails with a {@link ProblemException} if that node refuses it, or
 * cannot be reached. Thread-safe.
 */
public interface RemoteCommands {

    /** Emits whether another node has the channel; fails if that cannot be told now. */
    Mono<Boolean> isElsewhere();

    /** Emits the id of a new utterance, which is asked for by a body as in {@code POST …/utterances}. */
    Mono<String> speak(JsonNode body);

    /** Appends a piece to the text of an open utterance. */
    Mono<Void> write(String id, String piece);

    /** Ends the text of an open utterance. */
    Mono<Void> end(String id);

    /** Clears the channel, as it is asked for by a body as in {@code POST …/clear}. */
    Mono<Void> clear(JsonNode body);

    /**
     * The sender of the commands.
     *
     * @param authorization header with its credential; null if it showed none, or a ticket
     * @param address its address; null if that is not known
     * @param vouched the holder of a ticket, as this node vouches for it; null if it showed another credential, or none
     */
    record Sender(
            @Nullable String authorization,
            @Nullable String address,
            @Nullable String vouched) {

        /** Hides the credential. */
        @Override
        public String toString() {
            return "Sender[address=" + address + "]";
        }
    }
}
