package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text, found again in it, one behind the other. What is written otherwise than its token is taken to stand between the
 * tokens beside it. Confined to one thread.
 */
final class TokenPlaces {

    private final String text;
    private final List<MaryToken> found = new ArrayList<>();
    private int end;
    /** Number of the latest tokens that were not found. */
    private int missing;

    TokenPlaces(String text) {
        this.text = text;
    }

    /** Adds what comes next, in the way in which it is written, as the tokens that stand for it. */
    void add(String written, List<MaryToken> tokens) {
        int at = written.isEmpty() ? -1 : text.indexOf(written, end);
        if (at < 0 || (missing == 0 && says(end, at))) {
            found.addAll(tokens);
            missing += tokens.size();
            return;
        }
        placeMissing(at);
        end = at + written.length();
        for (MaryToken token : tokens) {
            found.add(token.at(at, end));
        }
    }

    /** Returns all tokens with their places. */
    List<MaryToken> found() {
        placeMissing(text.length());
        return found;
    }

    /** Gives the tokens that were not found all that is left before a place. */
    private void placeMissing(int before) {
        int from = end;
        int to = before;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        for (int n = found.size() - missing; n < found.size(); n++) {
            found.set(n, found.get(n).at(from, to));
        }
        missing = 0;
    }

    private boolean says(int from, int to) {
        return text.substring(from, to).codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
