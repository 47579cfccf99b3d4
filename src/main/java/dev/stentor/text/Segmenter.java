package dev.stentor.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A splitter of texts into speakable segments: lines, then sentences, then clauses where a sentence is too long, then words; parts that
 * are too short are joined again. Never cuts a number, an address, a surrogate pair or an accented character, unless that alone is over
 * the limit. The first segment is short, so that sound begins early; the later ones may grow.
 *
 * <p>Time and memory grow linearly with the text. {@link TextStream} does the same for a text that is still being written.
 *
 * <p>Immutable, thread-safe.
 */
public final class Segmenter {

    private final SegmentLimits limits;
    /** How segments rise in size; null if they need not. */
    private final @Nullable Ramp ramp;

    /** Creates a segmenter with these limits. */
    public Segmenter(SegmentLimits limits) {
        this(limits, null);
    }

    private Segmenter(SegmentLimits limits, @Nullable Ramp ramp) {
        this.limits = limits;
        this.ramp = ramp;
    }

    /**
     * Returns one with the same limits, of which each segment is at most so many times as large as all before it, where clauses and phrases
     * allow it: for an engine that gives the sound of a segment when all of it is made. Clauses of up to three times the size of a short
     * segment stay whole.
     */
    public Segmenter rising(double times) {
        return new Segmenter(limits, new Ramp(times, limits.shortUnits(), 2 * limits.shortUnits()));
    }

    /** Returns the segments in order. Together they hold every character of the text but blanks; a blank text has no segment. */
    public List<Segment> segments(String text) {
        var measured = new MeasuredText(text);
        var spans = new ArrayList<Span>();
        for (Span line : Sentences.lines(text)) {
            for (Span span : spans(measured, line, spans.isEmpty())) {
                addStripped(text, span, spans);
            }
        }
        List<Span> grown = grown(measured, spans);
        return (ramp == null ? grown : ramp.of(measured, grown))
                .stream()
                        .map(span -> new Segment(text.substring(span.from(), span.to()), span.from(), span.to()))
                        .toList();
    }

    /**
     * Joins segments that are parts of one sentence. A sentence of more characters than a segment may have stays in parts of at most that
     * many.
     *
     * @param segments some or all {@link #segments} of the text, in order
     */
    public List<Segment> sentences(String text, List<Segment> segments) {
        BitSet starts = Sentences.starts(new MeasuredText(text));
        var sentences = new ArrayList<Segment>();
        for (Segment segment : segments) {
            int from =
                    sentences.isEmpty() ? segment.from() : sentences.getLast().from();
            int begun = sentences.isEmpty()
                    ? -1
                    : starts.nextSetBit(sentences.getLast().to());
            boolean goesOn = !sentences.isEmpty()
                    && (begun < 0 || begun > segment.from())
                    && segment.to() - from <= limits.maxCharacters();
            if (goesOn) {
                sentences.set(
                        sentences.size() - 1, new Segment(text.substring(from, segment.to()), from, segment.to()));
            } else {
                sentences.add(segment);
            }
        }
        return sentences;
    }

    private List<Span> spans(MeasuredText measured, Span line, boolean first) {
        List<Span> spans = Sentences.of(measured, line);
        spans = packed(measured, spans, CutPoints.SENTENCE, limits.sentenceUnits());
        spans = packed(measured, spans, CutPoints.CLAUSE, limits.clauseUnits());
        spans = packed(measured, spans, CutPoints.WORD, limits.hardUnits());
        spans = cutAnywhere(measured, spans);
        return joined(measured, first ? opened(measured, spans) : spans, first);
    }

    /** Cuts spans that are over a limit at places of one kind, into as few parts as possible. */
    private List<Span> packed(MeasuredText measured, List<Span> spans, CutPoints cut, double units) {
        var parts = new ArrayList<Span>();
        for (Span span : spans) {
            int from = span.from();
            int last = from;
            for (int at = from + 1; at <= span.to() && !fits(measured, from, span.to(), units); at++) {
                boolean end = at == span.to();
                if (end || (measured.mayBeCutAt(at) && cut.allows(measured.text(), at))) {
                    if (last > from && !fits(measured, from, at, units)) {
                        parts.add(new Span(from, last));
                        from = last;
                    }
                    last = at;
                }
            }
            parts.add(new Span(from, span.to()));
        }
        return parts;
    }

    /** Cuts words that are over the limit by themselves: between characters as people see them. This is the last resort. */
    List<Span> cutAnywhere(MeasuredText measured, List<Span> spans) {
        var parts = new ArrayList<Span>();
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        for (Span span : spans) {
            int from = span.from();
            while (!fits(measured, from, span.to(), limits.hardUnits())) {
                int to = longest(measured, from, span.to());
                characters.setText(measured.text().substring(from, Math.min(span.to(), to + 2)));
                int whole = characters.isBoundary(to - from) ? to - from : characters.preceding(to - from);
                int cut = whole > 0 ? from + whole : to;
                parts.add(new Span(from, cut));
                from = cut;
            }
            parts.add(new Span(from, span.to()));
        }
        return parts;
    }

    /** Ends the first segment at its first clause, if enough remains behind it to be a segment as well. */
    private List<Span> opened(MeasuredText measured, List<Span> spans) {
        Span first = spans.getFirst();
        for (int at = first.from() + 1; at < first.to(); at++) {
            if (measured.units(at, first.to()) < limits.shortUnits()) {
                break;
            }
            if (measured.units(first.from(), at) >= limits.firstUnits()
                    && measured.mayBeCutAt(at)
                    && CutPoints.CLAUSE.allows(measured.text(), at)) {
                var parts = new ArrayList<Span>();
                parts.add(new Span(first.from(), at));
                parts.add(new Span(at, first.to()));
                parts.addAll(spans.subList(1, spans.size()));
                return parts;
            }
        }
        return spans;
    }

    /** Joins spans that are too short with those that follow on the same line. */
    private List<Span> joined(MeasuredText measured, List<Span> spans, boolean first) {
        var parts = new ArrayList<Span>();
        for (Span span : spans) {
            int last = parts.size() - 1;
            double enough = first && last == 0 ? limits.firstUnits() : limits.shortUnits();
            if (last >= 0
                    && measured.units(parts.get(last)) < enough
                    && fits(measured, parts.get(last).from(), span.to(), limits.clauseUnits())) {
                parts.set(last, parts.get(last).through(span));
            } else {
                parts.add(span);
            }
        }
        return parts;
    }

    /** Joins spans into segments that double in size; the first stays as it is, for early sound. */
    private List<Span> grown(MeasuredText measured, List<Span> spans) {
        if (limits.growUnits() == 0) {
            return spans;
        }
        var parts = new ArrayList<Span>();
        double most = Math.min(limits.growUnits(), limits.hardUnits());
        for (Span span : spans) {
            int last = parts.size() - 1;
            if (last > 0 && fits(measured, parts.get(last).from(), span.to(), most)) {
                parts.set(last, parts.get(last).through(span));
            } else {
                most = last > 0 ? Math.min(2 * most, limits.hardUnits()) : most;
                parts.add(span);
            }
        }
        return parts;
    }

    private boolean fits(MeasuredText measured, int from, int to, double units) {
        return to - from <= limits.maxCharacters() && measured.units(from, to) <= units;
    }

    /** Returns the end of the longest part that fits; at least one whole code point. */
    private int longest(MeasuredText measured, int from, int limit) {
        int to = measured.text().offsetByCodePoints(from, 1);
        while (to < limit) {
            int next = measured.text().offsetByCodePoints(to, 1);
            if (!fits(measured, from, next, limits.hardUnits())) {
                break;
            }
            to = next;
        }
        return to;
    }

    static void addStripped(String text, Span span, List<Span> spans) {
        int from = span.from();
        int to = span.to();
        while (from < to && Letters.isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && Letters.isBlank(text.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            spans.add(new Span(from, to));
        }
    }
}
