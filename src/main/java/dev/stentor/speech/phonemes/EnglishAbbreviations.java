package dev.stentor.speech.phonemes;

import dev.stentor.speech.TableResource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Abbreviations in full, from the table {@code english-abbreviations.tsv}. */
final class EnglishAbbreviations {

    static final List<Rewrite> RULES = Stream.concat(
                    TableResource.read(EnglishAbbreviations.class, "english-abbreviations.tsv", 2).stream()
                            .map(row -> Rewrite.of(row.getFirst(), row.getLast())),
                    Stream.of(
                            // Letters with dots between them: U.S., p.m.
                            Rewrite.of(
                                    "\\b(?:\\p{L}\\.){2,}(?=(\\s+\\p{Lu}|\\s*$)?)",
                                    found -> found.group().replace(".", "").toUpperCase(Locale.ROOT)
                                            + (found.group(1) == null
                                                            || !found.group(1).isBlank()
                                                    ? ""
                                                    : "."))))
            .toList();

    private EnglishAbbreviations() {}
}
