package dev.stentor.speech.phonemes;

import java.util.Collection;
import java.util.Map;

/** Punctuation, as the voices know it, and how it joins words. */
final class Signs {

    private static final String KNOWN = ";:,.!?—…\"()“”";
    private static final String PAUSES = ";:,.!?—…";
    private static final Map<String, String> ENGLISH =
            Map.of("–", "—", "[", "(", "]", ")", "{", "(", "}", ")", "«", "“", "»", "”");

    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("，", ","),
            Map.entry("、", ","),
            Map.entry("。", "."),
            Map.entry("．", "."),
            Map.entry("！", "!"),
            Map.entry("？", "?"),
            Map.entry("；", ";"),
            Map.entry("：", ":"),
            Map.entry("⋯", "…"),
            Map.entry("《", "“"),
            Map.entry("》", "”"),
            Map.entry("〈", "“"),
            Map.entry("〉", "”"),
            Map.entry("「", "“"),
            Map.entry("」", "”"),
            Map.entry("『", "“"),
            Map.entry("』", "”"),
            Map.entry("【", "“"),
            Map.entry("】", "”"),
            Map.entry("（", "("),
            Map.entry("）", ")"));

    private Signs() {}

    /** Returns a sign of an English text; empty for one that means nothing to the voices. */
    static String english(String sign) {
        String known = ENGLISH.getOrDefault(sign, sign);
        return known.chars().allMatch(symbol -> KNOWN.indexOf(symbol) >= 0) ? known : "";
    }

    /** Returns a sign of a Chinese text; empty for one that means nothing to the voices. */
    static String chinese(String sign) {
        return english(CHINESE.getOrDefault(sign, sign));
    }

    static boolean isPause(int symbol) {
        return PAUSES.indexOf(symbol) >= 0;
    }

    /** Joins words and signs: a blank before each word, and before what opens; straight quotes open and close in turn. */
    static String joined(Collection<String> parts) {
        var joined = new StringBuilder();
        boolean quoted = false;
        boolean opened = true;
        for (String part : parts) {
            String shown = part;
            if (part.equals("\"")) {
                shown = quoted ? "”" : "“";
            }
            quoted = shown.equals("“") || (quoted && !shown.equals("”"));
            boolean opens = shown.equals("“") || shown.equals("(");
            boolean sign = KNOWN.contains(shown.substring(0, 1)) && !opens;
            joined.append(opened || sign ? "" : " ").append(shown);
            opened = opens;
        }
        return joined.toString();
    }
}
