package dev.stentor.speech.phonemes;

import java.util.List;

/** Addresses of mail and of pages, as they are dictated: with dots, dashes and slashes. */
final class EnglishAddresses {

    private static final String NAME = "[\\w-]+(?:\\.[\\w-]+)*";
    private static final String TOP = "\\.(?:com|org|net|io|dev|ai|app|edu|gov|info|co|uk|de|fr|cn|eu|me)\\b";

    static final List<Rewrite> RULES = List.of(
            Rewrite.of("(?i)https?://", ""),
            Rewrite.of("[\\w.+-]+@" + NAME + "\\.\\p{L}{2,}", found -> dictated(found.group())),
            Rewrite.of("(?i)\\b" + NAME + TOP + "(?:/[\\w./?=&%-]*[\\w/])?", found -> dictated(found.group())),
            // Names of files.
            Rewrite.of("(?<=\\p{L}{2})\\.(?=\\p{Ll}{2})", " dot "));

    private EnglishAddresses() {}

    private static String dictated(String address) {
        return address.replace("www.", "W W W dot ")
                .replace("@", " at ")
                .replace(".", " dot ")
                .replace("-", " dash ")
                .replace("_", " underscore ")
                .replaceAll("/$", "")
                .replace("/", " slash ");
    }
}
