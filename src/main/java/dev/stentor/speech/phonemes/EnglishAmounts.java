package dev.stentor.speech.phonemes;

import dev.stentor.speech.TableResource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers that count something: money, parts, units, ranges, telephone numbers, places in an order. */
final class EnglishAmounts {

    private static final String NUMBER = "\\p{Nd}{1,3}(?:,\\p{Nd}{3})+(?:\\.\\p{Nd}+)?|\\p{Nd}*\\.?\\p{Nd}+";

    private static final Map<String, List<String>> MONEY = Map.of(
            "$", List.of("dollar", "dollars", "cent", "cents"),
            "£", List.of("pound", "pounds", "penny", "pence"),
            "€", List.of("euro", "euros", "cent", "cents"),
            "¥", List.of("yen", "yen", "sen", "sen"));

    private static final Map<String, String> SCALES = Map.of(
            "k",
            "thousand",
            "thousand",
            "thousand",
            "m",
            "million",
            "million",
            "million",
            "bn",
            "billion",
            "billion",
            "billion",
            "trillion",
            "trillion");

    private static final Pattern HUNDREDS = Pattern.compile("[1-9]00");

    private static final Map<String, String> FRACTIONS = Map.of(
            "1/2", "one half", "1/3", "one third", "2/3", "two thirds", "1/4", "one quarter", "3/4", "three quarters");

    /** Singular and plural of units, by their signs. */
    private static final Map<String, List<String>> UNITS =
            TableResource.read(EnglishAmounts.class, "english-units.tsv", 3).stream()
                    .collect(Collectors.toUnmodifiableMap(List::getFirst, Function.identity()));

    static final List<Rewrite> RULES = List.of(
            Rewrite.of(
                    "(?i)(?<=\\b(?:code|pin|passcode|extension|account number|order number|ticket number)\\s(?:is\\s)?)#?(\\p{Nd}{3,})\\b",
                    found -> EnglishNumbers.digits(found.group(1))),
            Rewrite.of(
                    "(?<![\\w.])(?:(?:\\(?\\p{Nd}{1,4}\\)?[ -])+\\p{Nd}{3,4}[ -]|\\p{Nd}{3}-)\\p{Nd}{4}(?![\\w-])",
                    found -> groups(found.group())),
            Rewrite.of("\\+\\p{Nd}{1,3}(?:[ -]\\(?\\p{Nd}+\\)?)+", found -> groups(found.group())),
            Rewrite.of(
                    "([$£€¥])\\s?(" + NUMBER + ")(?:\\s?(?i:(k|m|bn|thousand|million|billion|trillion)\\b))?",
                    EnglishAmounts::money),
            Rewrite.of(
                    "(?<![\\p{L}\\p{Nd}.])(" + NUMBER + ")\\s?([%°]?[A-Za-zµ]{0,4}(?:/[a-z]+)?)(?![\\p{L}\\p{Nd}%°])",
                    EnglishAmounts::unit),
            Rewrite.of(
                    "(?<![\\w.])([3-8])['′]\\s?(\\p{Nd}{1,2})(?:\"|″|'')",
                    found -> EnglishNumbers.cardinal(found.group(1)) + " foot "
                            + EnglishNumbers.cardinal(found.group(2))),
            Rewrite.of("(?<=\\p{Nd}),(?=\\p{Nd}{3})", ""),
            Rewrite.of(
                    "(?<![\\w/])(?:1/2|1/3|2/3|1/4|3/4)(?![\\w/])",
                    found -> FRACTIONS.getOrDefault(found.group(), found.group())),
            Rewrite.of("(?<=\\p{Nd})⁄(?=\\p{Nd})", " over "),
            Rewrite.of("(\\p{Nd}+)(?:st|nd|rd|th)\\b", found -> EnglishNumbers.ordinal(found.group(1))),
            Rewrite.of("(?<=\\b\\p{Nd}{1,4})\\s?[-–]\\s?(?=\\p{Nd}{1,4}\\b)", " to "));

    private EnglishAmounts() {}

    /** Reads a telephone number digit by digit, with a pause between its groups; 800 is a number. */
    private static String groups(String number) {
        return Pattern.compile("[ ()-]+")
                .splitAsStream(number)
                .filter(group -> !group.isEmpty())
                .map(group ->
                        group.startsWith("+") ? "plus " + EnglishNumbers.digits(group.substring(1)) : group(group))
                .collect(Collectors.joining(", "));
    }

    private static String group(String digits) {
        return HUNDREDS.matcher(digits).matches() ? EnglishNumbers.cardinal(digits) : EnglishNumbers.digits(digits);
    }

    private static String money(MatchResult found) {
        List<String> names = MONEY.getOrDefault(found.group(1), List.of("", "", "", ""));
        String amount = found.group(2).replace(",", "");
        String scale = found.group(3);
        int point = amount.indexOf('.');
        if (scale != null) {
            return EnglishNumbers.decimal(amount) + " " + SCALES.get(scale.toLowerCase(Locale.ROOT)) + " "
                    + names.get(1);
        }
        if (point < 0 || amount.length() - point != 3) {
            return EnglishNumbers.decimal(amount) + " " + names.get(amount.equals("1") ? 0 : 1);
        }
        String whole = counted(amount.substring(0, point), names.get(0), names.get(1));
        String part = counted(amount.substring(point + 1), names.get(2), names.get(3));
        return whole.isEmpty() ? part : part.isEmpty() ? whole : whole + " and " + part;
    }

    private static String counted(String digits, String one, String many) {
        String bare = digits.replaceFirst("^0+", "");
        return bare.isEmpty() ? "" : EnglishNumbers.cardinal(bare) + " " + (bare.equals("1") ? one : many);
    }

    private static String unit(MatchResult found) {
        List<String> unit = UNITS.get(found.group(2));
        if (unit == null) {
            return found.group();
        }
        String amount = found.group(1).replace(",", "");
        return EnglishNumbers.decimal(amount) + " " + unit.get(amount.equals("1") ? 1 : 2);
    }
}
