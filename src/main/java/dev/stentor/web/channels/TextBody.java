package dev.stentor.web.channels;

import dev.stentor.web.edge.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The body that carries a piece of an open text, or ends the text. Null means that a field was not given.
 *
 * @param seq number of the piece, from 1
 * @param text text of the piece; may be empty
 */
record TextBody(@Nullable Long seq, @Nullable String text) {

    static final TextBody EMPTY = new TextBody(null, null);

    /** Returns this if it is a numbered piece; else throws {@link dev.stentor.web.edge.ProblemException} with the wrong field. */
    TextBody asPiece() {
        if (seq == null || seq < 1) {
            throw Problem.invalid("seq", "A piece has a number: 1, 2, 3 and so on.")
                    .exception();
        }
        return asText();
    }

    /** Returns this if it is a piece without a number; else throws {@link dev.stentor.web.edge.ProblemException}. */
    TextBody asLine() {
        if (seq != null) {
            throw Problem.invalid("seq", "Lines have no numbers.").exception();
        }
        return asText();
    }

    private TextBody asText() {
        if (text == null) {
            throw Problem.invalid("text", "A piece has a text, which may be empty.")
                    .exception();
        }
        return this;
    }

    /** Returns this if it ends a text; else throws {@link dev.stentor.web.edge.ProblemException}. */
    TextBody asEnd() {
        if (text != null) {
            throw Problem.invalid("text", "The end has no text of its own.").exception();
        }
        return this;
    }
}
