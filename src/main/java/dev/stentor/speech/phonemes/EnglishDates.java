package dev.stentor.speech.phonemes;

import java.util.List;
import java.util.regex.MatchResult;

/** Dates and times of day in words. */
final class EnglishDates {

    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private static final String MONTH =
            "((?:" + String.join("|", MONTHS) + ")|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)";
    private static final String YEAR = "((?:1[1-9]|20)\\p{Nd}{2})";
    private static final String NOON = "\\s?([AaPp])\\.?\\s?[Mm]\\b(?:\\.(?!\\s+\\p{Lu}|\\s*$))?";

    private EnglishDates() {}

    static List<Rewrite> rules(Accent accent) {
        return List.of(
                Rewrite.of(
                        "\\b" + YEAR + "-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\\p{Nd}|3[01])\\b",
                        found -> date(found, 2, 3, 1)),
                Rewrite.of(
                        "\\b(0?[1-9]|[12]\\p{Nd}|3[01])/(0?[1-9]|[12]\\p{Nd}|3[01])/" + YEAR + "\\b",
                        found -> dayAndMonth(found, accent)),
                Rewrite.of(
                        "\\b" + MONTH + " ([12]?\\p{Nd}|3[01])(?:st|nd|rd|th)?(?!\\p{Nd}|[:.]\\p{Nd})\\b",
                        found -> month(found.group(1)) + " " + EnglishNumbers.ordinal(found.group(2))),
                Rewrite.of(
                        "\\b(?:the )?([12]?\\p{Nd}|3[01])(?:st|nd|rd|th)?(?: of)? " + MONTH + "\\b",
                        found -> "the " + EnglishNumbers.ordinal(found.group(1)) + " of " + month(found.group(2))),
                Rewrite.of("\\b" + MONTH + "(?= " + YEAR + ")", found -> month(found.group(1))),
                Rewrite.of(
                        "\\b(1?\\p{Nd}|2[0-4]):([0-5]\\p{Nd})(?::([0-5]\\p{Nd}))?(?:" + NOON + ")?",
                        EnglishDates::time),
                Rewrite.of(
                        "\\b(1?\\p{Nd})" + NOON,
                        found -> EnglishNumbers.cardinal(found.group(1)) + " " + noon(found.group(2))),
                Rewrite.of(
                        "\\b" + YEAR + "'?s\\b", found -> EnglishNumbers.plural(EnglishNumbers.year(found.group(1)))),
                Rewrite.of(
                        "'?\\b([2-9]0)'?s\\b",
                        found -> EnglishNumbers.plural(EnglishNumbers.cardinal(found.group(1)))));
    }

    private static String date(MatchResult found, int month, int day, int year) {
        return MONTHS.get(Integer.parseInt(found.group(month)) - 1) + " " + EnglishNumbers.ordinal(found.group(day))
                + ", " + EnglishNumbers.year(found.group(year));
    }

    /** Reads 3/4/2026 as the accent's country does; one order only is possible if a number is above twelve. */
    private static String dayAndMonth(MatchResult found, Accent accent) {
        boolean firstIsMonth = Integer.parseInt(found.group(1)) <= MONTHS.size();
        boolean secondIsMonth = Integer.parseInt(found.group(2)) <= MONTHS.size();
        if (!firstIsMonth && !secondIsMonth) {
            return found.group();
        }
        boolean monthFirst = firstIsMonth && (accent == Accent.AMERICAN || !secondIsMonth);
        return monthFirst ? date(found, 1, 2, 3) : date(found, 2, 1, 3);
    }

    private static String month(String name) {
        String start = name.substring(0, 3);
        return MONTHS.stream()
                .filter(month -> month.startsWith(start))
                .findFirst()
                .orElse(name);
    }

    private static String time(MatchResult found) {
        String hour = EnglishNumbers.cardinal(found.group(1));
        String minutes = found.group(2);
        String seconds = found.group(3);
        String end = found.group(4) == null ? "" : " " + noon(found.group(4));
        String said;
        if (minutes.equals("00")) {
            said = end.isEmpty() && seconds == null
                    ? (Integer.parseInt(found.group(1)) <= 12 ? hour + " o'clock" : hour + " hundred")
                    : hour;
        } else {
            said = hour + " " + (minutes.startsWith("0") ? "oh " : "") + EnglishNumbers.cardinal(minutes);
        }
        return said + (seconds == null ? "" : " and " + EnglishNumbers.cardinal(seconds) + " seconds") + end;
    }

    private static String noon(String letter) {
        return letter.equalsIgnoreCase("a") ? "AM" : "PM";
    }
}
