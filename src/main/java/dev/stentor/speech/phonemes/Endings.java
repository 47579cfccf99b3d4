package dev.stentor.speech.phonemes;

/** The sounds of the endings -s, -ed and -ing behind a stem. */
final class Endings {

    private static final String BEFORE_FLAP = "AIOWYiuæɑəɛɪɹʊʌ";

    private final Accent accent;

    Endings(Accent accent) {
        this.accent = accent;
    }

    /** Returns a stem and -s or -'s. */
    String s(String stem) {
        return switch (last(stem)) {
            case 'p', 't', 'k', 'f', 'θ' -> stem + "s";
            case 's', 'z', 'ʃ', 'ʒ', 'ʧ', 'ʤ' -> stem + reduced() + "z";
            default -> stem + "z";
        };
    }

    /** Returns a stem and -ed. */
    String ed(String stem) {
        return switch (last(stem)) {
            case 'p', 'k', 'f', 'θ', 'ʃ', 's', 'ʧ' -> stem + "t";
            case 't' -> flapped(stem) + reduced() + "d";
            case 'd' -> stem + reduced() + "d";
            default -> stem + "d";
        };
    }

    /** Returns a stem and -ing. A British stem that ends in a silent r pronounces it. */
    String ing(String stem) {
        boolean silentR =
                accent == Accent.BRITISH && (stem.endsWith("ɔː") || stem.endsWith("ɜː") || stem.endsWith("ə"));
        return (silentR ? stem + "ɹ" : flapped(stem)) + "ɪŋ";
    }

    private String reduced() {
        return accent == Accent.BRITISH ? "ɪ" : "ᵻ";
    }

    private String flapped(String stem) {
        int end = stem.length() - 1;
        boolean flap = accent == Accent.AMERICAN
                && end > 0
                && stem.charAt(end) == 't'
                && BEFORE_FLAP.indexOf(stem.charAt(end - 1)) >= 0;
        return flap ? stem.substring(0, end) + "ɾ" : stem;
    }

    private static char last(String stem) {
        return stem.isEmpty() ? ' ' : stem.charAt(stem.length() - 1);
    }
}
