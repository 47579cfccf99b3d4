package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.channel.TextProgress;
import java.util.Locale;

/**
 * The JSON form of the progress of an open text.
 *
 * @param id id of the utterance
 * @param state state of the utterance
 * @param textState open, ended or timed_out
 * @param characters length of the text so far, in UTF-16 units
 * @param nextSeq number of the next piece
 */
record TextProgressView(
        String id,
        String state,
        @JsonProperty("text_state") String textState,
        int characters,
        @JsonProperty("next_seq") long nextSeq) {

    static TextProgressView of(TextProgress written) {
        return new TextProgressView(
                written.id(),
                written.state().name().toLowerCase(Locale.ROOT),
                written.text().name().toLowerCase(Locale.ROOT),
                written.characters(),
                written.next());
    }
}
