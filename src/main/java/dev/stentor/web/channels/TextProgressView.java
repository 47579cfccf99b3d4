package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.channel.TextProgress;
import java.util.Locale;

/**
 * How far the text of an open utterance is, as the API shows it.
 *
 * @param state the utterance's
 * @param textState open, ended or timed_out
 * @param characters of the text, in UTF-16 units
 * @param nextSeq the number of the next piece
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
