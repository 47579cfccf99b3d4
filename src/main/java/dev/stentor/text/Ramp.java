package dev.stentor.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Segments that rise in size, for an engine that gives the sound of a segment when all of it is made: while one is heard the next one is
 * made, so it must not be much larger than all before it. Cuts at clauses only, since melody suffers elsewhere.
 *
 * @param times most times as large as all before it that a segment should be
 * @param leastUnits least size of a part
 */
record Ramp(double times, double leastUnits) {

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

    /** Returns the end of the last clause that is small enough, else of the first one; the end of the span if nothing is to be cut. */
    private int cut(MeasuredText measured, Span span, double mostUnits) {
        int best = span.to();
        for (int at = span.from() + 1; at < span.to() && measured.units(span) > mostUnits; at++) {
            double units = measured.units(span.from(), at);
            boolean isClause = measured.mayBeCutAt(at) && CutPoints.CLAUSE.allows(measured.text(), at);
            boolean isLarge = units >= leastUnits && measured.units(at, span.to()) >= leastUnits;
            if (isClause && isLarge && (best == span.to() || units <= mostUnits)) {
                best = at;
            }
        }
        return best;
    }
}
