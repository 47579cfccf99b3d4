package dev.stentor.speech.phonemes;

import java.util.stream.Collectors;

/** Chinese numbers in characters. */
final class HanNumbers {

    private static final String DIGITS = "零一二三四五六七八九";
    private static final String[] PLACES = {"", "十", "百", "千"};
    private static final String[] GROUPS = {"", "万", "亿", "万亿"};

    /** Most digits that are read as one number. */
    private static final int MOST_DIGITS = 16;

    private static final int GROUP_DIGITS = 4;

    private HanNumbers() {}

    /** Returns a whole number, given in digits; digit by digit if it has more than sixteen. */
    static String cardinal(String digits) {
        String bare = digits.replaceFirst("^0+(?=.)", "");
        if (bare.length() > MOST_DIGITS) {
            return digits(digits);
        }
        var words = new StringBuilder();
        int groups = (bare.length() + GROUP_DIGITS - 1) / GROUP_DIGITS;
        boolean gap = false;
        for (int group = groups - 1; group >= 0; group--) {
            int to = bare.length() - group * GROUP_DIGITS;
            String part = bare.substring(Math.max(0, to - GROUP_DIGITS), to);
            int value = Integer.parseInt(part);
            if (value == 0) {
                gap = true;
                continue;
            }
            boolean filled = !words.isEmpty() && (gap || part.charAt(0) == '0');
            words.append(filled ? "零" : "").append(thousands(value)).append(GROUPS[group]);
            gap = false;
        }
        String said = words.isEmpty() ? "零" : words.toString();
        return said.startsWith("一十") ? said.substring(1) : said;
    }

    /** Returns the digits one by one. */
    static String digits(String digits) {
        return digits.chars()
                .mapToObj(digit -> String.valueOf(DIGITS.charAt(digit - '0')))
                .collect(Collectors.joining());
    }

    /** Returns the digits one by one, as for telephone numbers: one is yāo. */
    static String dialled(String digits) {
        return digits(digits).replace('一', '幺');
    }

    /** Returns a number with or without decimals, in digits. */
    static String decimal(String number) {
        int point = number.indexOf('.');
        return point < 0
                ? cardinal(number)
                : cardinal(point == 0 ? "0" : number.substring(0, point)) + "点" + digits(number.substring(point + 1));
    }

    private static String thousands(int value) {
        var words = new StringBuilder();
        boolean gap = false;
        String digits = Integer.toString(value);
        for (int at = 0; at < digits.length(); at++) {
            int digit = digits.charAt(at) - '0';
            if (digit == 0) {
                gap = true;
                continue;
            }
            words.append(gap ? "零" : "").append(DIGITS.charAt(digit)).append(PLACES[digits.length() - 1 - at]);
            gap = false;
        }
        return words.toString();
    }
}
