package dev.stentor.speech.phonemes;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is written in another way, and knows for each of its characters the place in the original that it stands for. Those places
 * are in the order of the original; characters of one rewritten part share one. Immutable. See ADR 48.
 */
final class TracedText {

    /** A character with the marks that belong to it, which are normalised together. */
    private static final Pattern CLUSTER = Pattern.compile("(?s)\\P{M}\\p{M}*|\\p{M}+");

    private final String text;
    private final int[] from;
    private final int[] to;

    private TracedText(String text, int[] from, int[] to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** Returns a text that is the original. */
    static TracedText of(String text) {
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        Arrays.setAll(from, at -> at);
        Arrays.setAll(to, at -> at + 1);
        return new TracedText(text, from, to);
    }

    String text() {
        return text;
    }

    /** Returns where that character's place in the original begins; at the end of the text, where the last one ends. */
    int from(int at) {
        return at < from.length ? from[at] : to(at - 1);
    }

    /** Returns where that character's place in the original ends; before the text, its beginning. */
    int to(int at) {
        return at < 0 ? 0 : to[at];
    }

    /** Applies rules one after the other. */
    TracedText rewritten(List<Rewrite> rules) {
        TracedText written = this;
        for (Rewrite rule : rules) {
            written = written.rewritten(rule);
        }
        return written;
    }

    private TracedText rewritten(Rewrite rule) {
        Matcher found = rule.pattern().matcher(text);
        if (!found.find()) {
            return this;
        }
        var written = new Writing(text.length());
        int last = 0;
        do {
            written.copy(this, last, found.start());
            written.replace(this, found.start(), found.end(), rule.words().apply(found));
            last = found.end();
        } while (found.find());
        written.copy(this, last, text.length());
        return written.traced();
    }

    /** Applies a rule that changes characters, such as a normalisation. */
    TracedText mapped(UnaryOperator<String> rule) {
        String whole = rule.apply(text);
        if (whole.equals(text)) {
            return this;
        }
        var written = new Writing(text.length());
        Matcher cluster = CLUSTER.matcher(text);
        while (cluster.find()) {
            written.replace(this, cluster.start(), cluster.end(), rule.apply(cluster.group()));
        }
        TracedText traced = written.traced();
        if (traced.text.equals(whole)) {
            return traced;
        }
        if (whole.length() == text.length()) {
            return new TracedText(whole, from, to);
        }
        var coarse = new Writing(whole.length());
        coarse.replace(this, 0, text.length(), whole);
        return coarse.traced();
    }

    /** Returns the text without blanks at its ends. */
    TracedText stripped() {
        int first = text.length() - text.stripLeading().length();
        int end = Math.max(first, text.stripTrailing().length());
        var written = new Writing(end - first);
        written.copy(this, first, end);
        return written.traced();
    }

    /** A text that is being written. Confined to one thread. */
    private static final class Writing {

        private final StringBuilder text;
        private int[] from;
        private int[] to;

        private Writing(int expected) {
            this.text = new StringBuilder(expected);
            this.from = new int[expected];
            this.to = new int[expected];
        }

        private void copy(TracedText source, int first, int end) {
            for (int at = first; at < end; at++) {
                put(source.text.charAt(at), source.from[at], source.to[at]);
            }
        }

        /** Writes other words for a part. Whole words in common at both ends keep their own places. */
        private void replace(TracedText source, int first, int end, String words) {
            String old = source.text.substring(first, end);
            if (old.equals(words)) {
                copy(source, first, end);
                return;
            }
            int begin = commonBeginning(old, words);
            int rest = commonEnd(old.substring(begin), words.substring(begin));
            copy(source, first, first + begin);
            place(source, first + begin, end - rest, words.substring(begin, words.length() - rest));
            copy(source, end - rest, end);
        }

        /** Writes words that stand for a part as a whole, without the blanks at its ends. */
        private void place(TracedText source, int first, int end, String words) {
            int begin = first;
            int last = end;
            while (begin < last && Character.isWhitespace(source.text.charAt(begin))) {
                begin++;
            }
            while (last > begin && Character.isWhitespace(source.text.charAt(last - 1))) {
                last--;
            }
            int origin = begin < last ? source.from(begin) : source.to(begin - 1);
            int originEnd = Math.max(origin, source.to(last - 1));
            for (int at = 0; at < words.length(); at++) {
                put(words.charAt(at), origin, originEnd);
            }
        }

        private void put(char written, int origin, int originEnd) {
            int at = text.length();
            if (at == from.length) {
                from = Arrays.copyOf(from, 2 * at + 16);
                to = Arrays.copyOf(to, 2 * at + 16);
            }
            from[at] = origin;
            to[at] = originEnd;
            text.append(written);
        }

        private TracedText traced() {
            return new TracedText(
                    text.toString(), Arrays.copyOf(from, text.length()), Arrays.copyOf(to, text.length()));
        }

        /** Returns the length of the words that both begin with, each with the blank behind it. */
        private static int commonBeginning(String one, String other) {
            int common = 0;
            for (int at = 0; at < Math.min(one.length(), other.length()); at++) {
                if (one.charAt(at) != other.charAt(at)) {
                    break;
                }
                common = one.charAt(at) == ' ' ? at + 1 : common;
            }
            return common;
        }

        /** Returns the length of the words that both end with, each with the blank before it. */
        private static int commonEnd(String one, String other) {
            int common = 0;
            for (int back = 1; back <= Math.min(one.length(), other.length()); back++) {
                char sign = one.charAt(one.length() - back);
                if (sign != other.charAt(other.length() - back)) {
                    break;
                }
                common = sign == ' ' ? back : common;
            }
            return common;
        }
    }
}
