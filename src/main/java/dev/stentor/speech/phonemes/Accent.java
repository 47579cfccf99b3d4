package dev.stentor.speech.phonemes;

/** The two standard accents of English, of which dictionaries exist. */
enum Accent {
    AMERICAN("us"),
    BRITISH("gb");

    private final String prefix;

    Accent(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the name of the dictionary that people made. */
    String gold() {
        return prefix + "_gold.json";
    }

    /** Returns the name of the dictionary that machines made, which is asked second. */
    String silver() {
        return prefix + "_silver.json";
    }
}
