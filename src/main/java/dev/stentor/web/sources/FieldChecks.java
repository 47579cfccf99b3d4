package dev.stentor.web.sources;

import dev.stentor.source.SoundName;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import org.jspecify.annotations.Nullable;

/** Looks at single fields, and names the one that is wrong. */
final class FieldChecks {

    private FieldChecks() {}

    static double number(String field, @Nullable Double value, double absent, double least, double most) {
        if (value == null) {
            return absent;
        }
        if (!(value >= least && value <= most)) {
            throw wrong(field, "The value is " + plain(least) + " to " + plain(most) + ".");
        }
        return value;
    }

    static int millis(String field, @Nullable Integer value, int absent, int most) {
        return (int) number(field, value == null ? null : value.doubleValue(), absent, 0, most);
    }

    static SoundName sound(@Nullable String value) {
        if (value == null || !SoundName.isValid(value)) {
            throw wrong("sound", value == null ? "Name a sound; GET /v1/sounds lists them." : SoundName.RULE);
        }
        return new SoundName(value);
    }

    /** A field that has no meaning beside another. */
    static void absent(String field, @Nullable Object value, String kind) {
        if (value != null) {
            throw wrong(field, "A source of kind " + kind + " has no such field.");
        }
    }

    static ProblemException wrong(String field, String detail) {
        return Problem.invalid(field, detail).exception();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
