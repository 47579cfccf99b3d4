package dev.stentor.speech.phonemes;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** English numbers in words. */
final class EnglishNumbers {

    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> THOUSANDS =
            List.of("", " thousand", " million", " billion", " trillion", " quadrillion");
    private static final Map<String, String> ORDINALS = Map.of(
            "one", "first", "two", "second", "three", "third", "five", "fifth", "eight", "eighth", "nine", "ninth",
            "twelve", "twelfth");

    /** Most digits that are read as one number. */
    private static final int MOST_DIGITS = 15;

    private EnglishNumbers() {}

    /** Returns a whole number, given in digits; digit by digit if it has more than fifteen. */
    static String cardinal(String digits) {
        return digits.length() > MOST_DIGITS ? digits(digits) : cardinal(Long.parseLong(digits));
    }

    /** Returns a whole number that is not negative. */
    static String cardinal(long number) {
        if (number < SMALL.size()) {
            return SMALL.get((int) number);
        }
        if (number < 100) {
            String ones = number % 10 == 0 ? "" : " " + SMALL.get((int) (number % 10));
            return TENS.get((int) (number / 10)) + ones;
        }
        if (number < 1_000) {
            return SMALL.get((int) (number / 100)) + " hundred" + rest(number % 100);
        }
        int group = 1;
        long unit = 1_000;
        while (number / unit >= 1_000) {
            unit *= 1_000;
            group++;
        }
        return cardinal(number / unit) + THOUSANDS.get(group) + rest(number % unit);
    }

    /** Returns a place in an order, such as "twenty first". */
    static String ordinal(String digits) {
        String words = cardinal(digits);
        int last = words.lastIndexOf(' ') + 1;
        String end = words.substring(last);
        String ordinal = end.endsWith("y") ? end.substring(0, end.length() - 1) + "ieth" : end + "th";
        return words.substring(0, last) + ORDINALS.getOrDefault(end, ordinal);
    }

    /** Returns a number of four digits as a year, such as "nineteen oh five". */
    static String year(String digits) {
        long number = Long.parseLong(digits);
        long low = number % 100;
        if (number % 1_000 < 10 || digits.length() != 4) {
            return cardinal(number);
        }
        String end = low == 0 ? "hundred" : low < 10 ? "oh " + cardinal(low) : cardinal(low);
        return cardinal(number / 100) + " " + end;
    }

    /** Returns the digits one by one. */
    static String digits(String digits) {
        return digits.chars().mapToObj(digit -> SMALL.get(digit - '0')).collect(Collectors.joining(" "));
    }

    /** Returns a number with or without decimals, in digits. */
    static String decimal(String number) {
        int point = number.indexOf('.');
        if (point < 0) {
            return cardinal(number);
        }
        String whole = point == 0 ? "zero" : cardinal(number.substring(0, point));
        return whole + " point " + digits(number.substring(point + 1));
    }

    /** Returns the plural of the last word, such as "nineteen nineties". */
    static String plural(String words) {
        return words.endsWith("y")
                ? words.substring(0, words.length() - 1) + "ies"
                : words.endsWith("x") ? words + "es" : words + "s";
    }

    private static String rest(long number) {
        return number == 0 ? "" : " " + cardinal(number);
    }
}
