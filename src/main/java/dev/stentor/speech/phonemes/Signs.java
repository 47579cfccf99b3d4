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

    /**
     * Joins words and signs: a blank before each word, and before what opens; straight quotes open and close in turn.
     *
     * @param places finds the words in the original; none were found yet
     */
    static ReadText joined(Collection<SoundPart> parts, WordPlaces places) {
        var joined = new StringBuilder();
        boolean quoted = false;
        boolean opened = true;
        for (SoundPart part : parts) {
            String shown = part.symbols();
            if (shown.equals("\"")) {
                shown = quoted ? "”" : "“";
            }
            quoted = shown.equals("“") || (quoted && !shown.equals("”"));
            boolean opens = shown.equals("“") || shown.equals("(");
            boolean sign = KNOWN.contains(shown.substring(0, 1)) && !opens;
            joined.append(opened || sign ? "" : " ").append(shown);
            if (part.isWord()) {
                places.add(part, joined.length() - shown.length(), joined.length());
            }
            opened = opens;
        }
        return new ReadText(joined.toString(), places.words());
    }
}
