package dev.stentor.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A splitter for a text that is still being written: takes it in pieces of any size, and gives out each segment as soon as the text that
 * follows can no longer change it. The last sentence stays open until other text follows it; {@link #flush} ends it sooner.
 *
 * <p>It decides after each character by the text up to there: how a text is cut into pieces makes no difference. The rules and limits are
 * those of {@link Segmenter}, but text that is not written yet decides nothing: a first clause is given out before anybody knows how long
 * its sentence will be, and segments do not grow.
 *
 * <p>Time grows linearly with the text; memory is that of one segment. Confined to one thread. See ADR 18.
 */
public final class TextStream {

    private static final CutPoints[] CUTS = {CutPoints.SENTENCE, CutPoints.CLAUSE, CutPoints.WORD};

    private final SegmentLimits limits;
    private final Segmenter segmenter;
    private final double[] mostUnits;
    private final Window window = new Window();
    private final List<SettledSegment> settled = new ArrayList<>();
    /** Index in the window at which the open sentence begins. */
    private int sentence;
    /** Index at which the first segment may end, once enough follows; 0 if no such place was found yet. */
    private int opening;

    private double openingUnits;
    /** Number of kinds of cut that were looked for in the window without success. */
    private int tried;

    private Border border = Border.NONE;
    private boolean begun;

    /** Creates a stream with these limits; the segments do not grow. */
    public TextStream(SegmentLimits limits) {
        this.limits = limits;
        this.segmenter = new Segmenter(limits);
        this.mostUnits = new double[] {limits.sentenceUnits(), limits.clauseUnits(), limits.hardUnits()};
    }

    /** Appends a piece, and returns the segments that are settled by it, in order. A surrogate pair may come in two pieces. */
    public List<SettledSegment> add(String piece) {
        window.append(piece);
        readOn();
        return drained();
    }

    /** Gives out all that is there, as if a sentence ended, since nothing has come for a while. Text may follow. */
    public List<SettledSegment> flush() {
        giveAll(window.length());
        return drained();
    }

    /** Ends the text, and gives out the rest. */
    public List<SettledSegment> end() {
        window.end();
        readOn();
        return flush();
    }

    /** Tells whether there is text that was not given out. */
    public boolean isOpen() {
        return window.length() > 0;
    }

    /** Tells whether the text breaks off where a word may go on. */
    public boolean endsInWord() {
        return window.endsInWord();
    }

    private void readOn() {
        while (window.hasNext()) {
            int at = window.length();
            double units = window.units();
            take(window.next(), at, units);
        }
    }

    private void take(int codePoint, int at, double unitsBefore) {
        if (Sentences.isLineEnd(codePoint)) {
            giveAll(at);
            border = begun ? Border.PARAGRAPH : Border.NONE;
            return;
        }
        if (at == 0 && Letters.isBlank(codePoint)) {
            drop(window.length());
            return;
        }
        if (Character.isLetterOrDigit(codePoint) && window.mayHaveEndedBefore(at)) {
            endSentences();
        }
        if (!begun) {
            open(at, unitsBefore);
        }
        cutWhatIsTooLong();
    }

    /** Gives out the sentences that have ended; one that is too short waits for the next. */
    private void endSentences() {
        MeasuredText measured = window.measured();
        List<Span> spans = Sentences.of(measured, new Span(sentence, window.length()));
        if (spans.size() > 1) {
            int end = spans.get(spans.size() - 2).to();
            if (measured.units(0, end) >= (begun ? limits.shortUnits() : limits.firstUnits())) {
                give(end);
            } else {
                sentence = end;
            }
        }
    }

    /** Ends the first segment at its first clause, once enough follows to be a segment as well. */
    private void open(int at, double unitsBefore) {
        if (opening == 0 && at > 0 && unitsBefore >= limits.firstUnits() && window.allows(CutPoints.CLAUSE, at)) {
            opening = at;
            openingUnits = unitsBefore;
        }
        if (opening > 0 && window.units() - openingUnits >= limits.shortUnits()) {
            if (window.measured().mayBeCutAt(opening)) {
                give(opening);
            } else {
                opening = 0;
            }
        }
    }

    /** Cuts the window while it is over a limit, at the best kind of place that it has. */
    private void cutWhatIsTooLong() {
        while (tried < CUTS.length && isOver(mostUnits[tried])) {
            int cut = lastCut(CUTS[tried], mostUnits[tried]);
            if (cut > 0) {
                give(cut);
            } else {
                tried++;
            }
        }
        if (tried == CUTS.length && isOver(limits.hardUnits())) {
            var all = new Span(0, window.length());
            give(segmenter
                    .cutAnywhere(window.measured(), List.of(all))
                    .getFirst()
                    .to());
        }
    }

    private boolean isOver(double units) {
        return window.length() > limits.maxCharacters() || window.units() > units;
    }

    /** Returns the last place of that kind before which all fits; 0 if there is none. */
    private int lastCut(CutPoints cut, double units) {
        MeasuredText measured = window.measured();
        double least = cut == CutPoints.WORD ? 0 : limits.shortUnits();
        for (int at = Math.min(window.length() - 1, limits.maxCharacters()); at > 0; at--) {
            double before = measured.units(0, at);
            if (before <= units && before >= least && measured.mayBeCutAt(at) && cut.allows(measured.text(), at)) {
                return at;
            }
        }
        return cut == CutPoints.CLAUSE && sentence <= limits.maxCharacters() && measured.units(0, sentence) <= units
                ? sentence
                : 0;
    }

    private void giveAll(int end) {
        if (end > 0) {
            give(end);
        }
        drop(window.length());
    }

    /** Gives out the beginning of the window. */
    private void give(int end) {
        Segment segment = window.segment(end);
        settled.add(new SettledSegment(segment, border));
        border = Border.after(segment.text());
        begun = true;
        drop(end);
    }

    private void drop(int end) {
        int dropped = window.drop(end);
        sentence = Math.max(0, sentence - dropped);
        opening = 0;
        tried = 0;
    }

    private List<SettledSegment> drained() {
        window.compact();
        List<SettledSegment> all = List.copyOf(settled);
        settled.clear();
        return all;
    }
}
