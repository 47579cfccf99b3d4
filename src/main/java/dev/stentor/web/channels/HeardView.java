package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.Utterance;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of how much of an utterance was heard.
 *
 * @param conn id of the listener's connection; null if the values come from the channel's timeline
 * @param client listener's own id; null if it gave none
 * @param samples number of samples heard of the utterance
 * @param ms the same length in milliseconds
 * @param characters number of characters heard of its text, in UTF-16 units
 * @param estimated whether {@code characters} is an estimate, because the sound ended within a part of the text
 *     whose words are not known
 * @param reported whether the listener's player reported the values itself
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

    /** Returns how much was heard according to the channel's timeline. */
    static HeardView of(Utterance utterance) {
        return of(null, null, utterance.heard(), false);
    }

    /** Returns how much a listener heard according to its own report, or to the timeline if it has reported nothing. */
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
                conn,
                client,
                heard.samples(),
                SpeechTime.millis(heard.samples()),
                heard.character(),
                heard.estimated(),
                reported);
    }
}
