package dev.stentor.speech.phonemes;

/**
 * A Mandarin syllable.
 *
 * @param pinyin its spelling without the tone, v for ü, such as {@code zhuang} or {@code lv}
 * @param tone 1 to 4; 5 is the neutral tone
 */
record Syllable(String pinyin, int tone) {

    /** The neutral tone. */
    static final int NEUTRAL = 5;

    Syllable {
        if (pinyin.isEmpty() || tone < 1 || tone > NEUTRAL) {
            throw new IllegalArgumentException("no syllable: " + pinyin + tone);
        }
    }

    /** Reads a syllable with its tone as a digit, such as {@code zhuang4}. */
    static Syllable of(String spelled) {
        int last = spelled.length() - 1;
        return new Syllable(spelled.substring(0, last), spelled.charAt(last) - '0');
    }

    Syllable withTone(int other) {
        return new Syllable(pinyin, other);
    }
}
