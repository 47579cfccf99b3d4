package dev.stentor.web.sources;

import dev.stentor.source.SoundName;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import org.jspecify.annotations.Nullable;

/** Checks single fields of a body; the problem names the field that is wrong. */
final class FieldChecks {

    private FieldChecks() {}

    /** Returns the value, or {@code absent} if it is null; throws the problem if it is out of its range. */
    static double number(String field, @Nullable Double value, double absent, double min, double max) {
        if (value == null) {
            return absent;
        }
        if (!(value >= min && value <= max)) {
            throw wrong(field, "The value is " + plain(min) + " to " + plain(max) + ".");
        }
        return value;
    }

    /** Returns the value, or {@code absent} if it is null; throws the problem if it is not 0 to {@code max}. */
    static int millis(String field, @Nullable Integer value, int absent, int max) {
        return (int) number(field, value == null ? null : value.doubleValue(), absent, 0, max);
    }

    /** Returns the name; throws the problem if it is null, or no name. */
    static SoundName sound(@Nullable String value) {
        if (value == null || !SoundName.isValid(value)) {
            throw wrong("sound", value == null ? "Name a sound; GET /v1/sounds lists them." : SoundName.RULE);
        }
        return new SoundName(value);
    }

    /** Throws the problem if a field is given that a source of that kind does not have. */
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
