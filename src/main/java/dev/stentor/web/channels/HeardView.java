package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.Utterance;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of an utterance was heard, as the API shows it.
 *
 * @param conn whose connection; null if this is what the channel's timeline says
 * @param client the listener's own id; null if it gave none
 * @param samples of the utterance
 * @param ms the same in milliseconds
 * @param characters of its text, in UTF-16 units
 * @param estimated whether the characters are a guess, since the sound ended within a part of the text
 * @param reported whether the listener said so itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HeardView(
        @Nullable String conn,
        @Nullable String client,
        long samples,
        long ms,
        int characters,
        boolean estimated,
        boolean reported) {

    /** What the channel's timeline says. */
    static HeardView of(Utterance utterance) {
        return of(null, null, utterance.heard(), false);
    }

    /** What a listener says; where it says nothing, what the timeline says. */
    static HeardView of(Utterance utterance, ListenerStatus listener, long nowMicros) {
        OptionalLong heard = listener.heard(utterance.generation(), utterance.spans(), nowMicros);
        return of(
                listener.connection(),
                listener.client(),
                heard.isPresent() ? utterance.heard(heard.getAsLong()) : utterance.heard(),
                heard.isPresent());
    }

    private static HeardView of(
            @Nullable String conn, @Nullable String client, Utterance.Heard heard, boolean reported) {
        return new HeardView(
                conn, client, heard.samples(), heard.samples() / 24, heard.character(), heard.estimated(), reported);
    }
}
