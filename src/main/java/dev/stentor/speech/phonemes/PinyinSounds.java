package dev.stentor.speech.phonemes;

import dev.stentor.speech.TableResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sounds of pinyin syllables, from the table {@code pinyin-sounds.tsv}. Immutable. */
final class PinyinSounds {

    private static final String TONE_PLACE = "0";
    private static final List<String> TONES = List.of("→", "↗", "↓", "↘", "");
    private static final Set<String> APICAL = Set.of("zh", "ch", "sh", "r", "z", "c", "s");
    private static final Set<String> ROUNDED = Set.of("j", "q", "x");

    /** Symbols by kind and spelling, such as {@code final ang}. */
    private final Map<String, String> symbols = new HashMap<>();

    PinyinSounds() {
        for (List<String> row : TableResource.read(PinyinSounds.class, "pinyin-sounds.tsv", 3)) {
            symbols.put(row.get(0) + " " + row.get(1), row.get(2));
        }
    }

    /** Returns the symbols of a syllable, the mark of its tone behind its vowel; empty for a spelling that Mandarin does not have. */
    String of(Syllable syllable) {
        String pinyin = syllable.pinyin();
        String initial = initial(pinyin);
        String rest = pinyin.substring(initial.length());
        String sound = initial.isEmpty() ? withoutInitial(pinyin) : withInitial(initial, rest);
        return sound.replace(TONE_PLACE, TONES.get(syllable.tone() - 1));
    }

    private String initial(String pinyin) {
        for (int length = Math.min(2, pinyin.length() - 1); length > 0; length--) {
            if (symbols.containsKey("initial " + pinyin.substring(0, length))
                    && !symbols.containsKey("alone " + pinyin)) {
                return pinyin.substring(0, length);
            }
        }
        return "";
    }

    private String withInitial(String initial, String rest) {
        String end = rest.startsWith("u") && ROUNDED.contains(initial) ? "v" + rest.substring(1) : rest;
        String kind = rest.equals("i") && APICAL.contains(initial) ? "apical " : "final ";
        String sound = symbols.get(kind + end);
        return sound == null ? "" : symbols.get("initial " + initial) + sound;
    }

    private String withoutInitial(String pinyin) {
        String alone = symbols.get("alone " + pinyin);
        return alone != null ? alone : symbols.getOrDefault("final " + bare(pinyin), "");
    }

    /** Undoes the spelling of syllables that begin with a vowel: {@code yi}, {@code yan}, {@code yu}, {@code wei}. */
    private static String bare(String pinyin) {
        if (pinyin.startsWith("yu")) {
            return "v" + pinyin.substring(2);
        }
        if (pinyin.startsWith("yi")) {
            return pinyin.substring(1);
        }
        if (pinyin.startsWith("y")) {
            String end = pinyin.substring(1);
            return switch (end) {
                case "ou" -> "iu";
                case "ong" -> "iong";
                default -> "i" + end;
            };
        }
        if (pinyin.startsWith("w")) {
            String end = pinyin.substring(1);
            return switch (end) {
                case "u" -> "u";
                case "ei" -> "ui";
                case "en" -> "un";
                default -> "u" + end;
            };
        }
        return pinyin;
    }
}
