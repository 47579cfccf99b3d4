package dev.stentor.web.channels;

import dev.stentor.web.edge.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text that is being written, or its end. Null means that a field was not given.
 *
 * @param seq the number of the piece, from 1 on
 * @param text may be empty
 */
record TextBody(@Nullable Long seq, @Nullable String text) {

    static final TextBody EMPTY = new TextBody(null, null);

    /** Throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong, if it is not a numbered piece. */
    TextBody asPiece() {
        if (seq == null || seq < 1) {
            throw Problem.invalid("seq", "A piece has a number: 1, 2, 3 and so on.")
                    .exception();
        }
        return asText();
    }

    /** The same, if it is not a piece without a number. */
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

    /** The same, if it is not an end. */
    TextBody asEnd() {
        if (text != null) {
            throw Problem.invalid("text", "The end has no text of its own.").exception();
        }
        return this;
    }
}
