package dev.stentor.web.channels;

import dev.stentor.web.edge.Problem;
import java.util.regex.Pattern;

/** The parameter that limits a list. */
final class ListLimit {

    static final String FIELD = "limit";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private ListLimit() {}

    /**
     * Returns the limit that was given. Throws a problem that names the field if it is no whole number from 1 to the most.
     *
     * @param most largest limit, below 10,000
     */
    static int of(String given, int most) {
        if (!NUMBER.matcher(given).matches() || Integer.parseInt(given) > most) {
            throw Problem.invalid(FIELD, "The value is a whole number from 1 to " + most + ".")
                    .exception();
        }
        return Integer.parseInt(given);
    }
}
