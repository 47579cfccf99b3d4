package dev.stentor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Segments that rise in size, for an engine that gives the sound of a segment when all of it is made: while one is heard the next one is
 * made, so it must not be much larger than all before it. Cuts at clauses, and a clause that is much too large where a phrase begins; not
 * between other words, since melody suffers there.
 *
 * @param times most times as large as all before it that a segment should be
 * @param leastUnits least size of a part
 * @param phraseUnits size that a phrase may have in any case
 */
record Ramp(double times, double leastUnits, double phraseUnits) {

    /** So many times too large may a clause be before it is cut. */
    private static final double MUCH = 1.5;

    /** Returns the same spans, of which those that rise too steeply are cut where they can be. */
    List<Span> of(MeasuredText measured, List<Span> spans) {
        var parts = new ArrayList<Span>();
        double before = 0;
        for (Span span : spans) {
            Span rest = span;
            int cut = parts.isEmpty() ? rest.to() : cut(measured, rest, times * before);
            while (cut < rest.to()) {
                Segmenter.addStripped(measured.text(), new Span(rest.from(), cut), parts);
                before += measured.units(rest.from(), cut);
                rest = new Span(cut, rest.to());
                cut = cut(measured, rest, times * before);
            }
            Segmenter.addStripped(measured.text(), rest, parts);
            before += measured.units(rest);
        }
        return parts;
    }

    /** Returns where to cut a span; its end if nothing is to be cut. */
    private int cut(MeasuredText measured, Span span, double mostUnits) {
        if (measured.units(span) <= mostUnits) {
            return span.to();
        }
        int clause = cut(measured, span, mostUnits, at -> CutPoints.CLAUSE.allows(measured.text(), at));
        double phrase = Math.max(mostUnits, phraseUnits);
        return measured.units(span.from(), clause) <= MUCH * phrase
                ? clause
                : cut(measured, new Span(span.from(), clause), phrase, at -> PhraseStarts.at(measured.text(), at));
    }

    /** Returns the last place of a kind that leaves a small enough part before it, else the first one; the end of the span if there is none. */
    private int cut(MeasuredText measured, Span span, double mostUnits, IntPredicate isPlace) {
        int best = span.to();
        for (int at = span.from() + 1; at < span.to(); at++) {
            double units = measured.units(span.from(), at);
            boolean isLarge = units >= leastUnits && measured.units(at, span.to()) >= leastUnits;
            if (isLarge && (best == span.to() || units <= mostUnits) && measured.mayBeCutAt(at) && isPlace.test(at)) {
                best = at;
            }
        }
        return best;
    }
}
