package dev.stentor.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A finder of lines and sentences. The JDK's rules know Chinese stops, but neither line ends nor abbreviations. */
final class Sentences {

    private static final Set<String> ABBREVIATIONS = Set.of(
            "dr", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "e.g", "i.e", "jr", "sr", "fig", "vol", "jan", "feb",
            "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    private static final String LINE_ENDS = "\n\r\u000b\f\u0085\u2028\u2029";
    private static final int LONGEST_ABBREVIATION = 5;

    private Sentences() {}

    /** Returns the lines without their ends; blank ones are left out. */
    static List<Span> lines(String text) {
        var lines = new ArrayList<Span>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isLineEnd(text.charAt(i))) {
                if (!isBlank(text, from, i)) {
                    lines.add(new Span(from, i));
                }
                from = i + 1;
            }
        }
        return lines;
    }

    /** Returns the indexes at which a sentence begins. */
    static BitSet starts(MeasuredText measured) {
        var starts = new BitSet();
        for (Span line : lines(measured.text())) {
            of(measured, line).forEach(sentence -> starts.set(sentence.from()));
        }
        return starts;
    }

    /** Tells whether a line ends with that character. */
    static boolean isLineEnd(int codePoint) {
        return LINE_ENDS.indexOf(codePoint) >= 0;
    }

    /** Returns the sentences of one line, without a gap between them. */
    static List<Span> of(MeasuredText measured, Span line) {
        String text = measured.text();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text.substring(line.from(), line.to()));
        var spans = new ArrayList<Span>();
        int from = line.from();
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            int to = line.from() + end;
            if (to == line.to() || (measured.mayBeCutAt(to) && !endsInAbbreviation(text, from, to))) {
                spans.add(new Span(from, to));
                from = to;
            }
        }
        return spans;
    }

    private static boolean endsInAbbreviation(String text, int from, int to) {
        int end = to;
        while (end > from && Letters.isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (end == from || text.charAt(end - 1) != '.') {
            return false;
        }
        int dot = end - 1;
        int start = dot;
        while (start > from && dot - start < LONGEST_ABBREVIATION && isOfAWord(text.charAt(start - 1))) {
            start--;
        }
        if (start > from && isOfAWord(text.charAt(start - 1))) {
            return false;
        }
        String word = text.substring(start, dot);
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        if (word.equalsIgnoreCase("no")) {
            return to < text.length() && Character.isDigit(text.charAt(to)); // "No. 5", but not "No. Never."
        }
        return initial || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isOfAWord(char character) {
        return Character.isLetter(character) || character == '.';
    }

    private static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Letters.isBlank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
