package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.speech.SegmentMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The released part of one utterance: where it lies on the channel's timeline, and which captions, words and marks were told with it, each
 * once, unless all is taken back. Confined to the clock's thread.
 */
final class ReleasedAudio {

    private final String utterance;
    private final boolean counted;
    private final TextTrack track;
    private final MarkTrack marks;
    private final TimelineSpans spans = new TimelineSpans();
    private @Nullable Long pos;
    private long cutAfter = Long.MAX_VALUE;

    /**
     * Creates one of which nothing was released yet.
     *
     * @param counted whether the number of its segments is known from the start
     */
    ReleasedAudio(String utterance, boolean counted, TextTrack track, List<TextMark> marks) {
        this.utterance = utterance;
        this.counted = counted;
        this.track = track;
        this.marks = new MarkTrack(marks);
    }

    /** Sets the position at which the first frame is about to be released. */
    void begin(long at) {
        pos = at;
    }

    /** Returns the position of the first sample; null if it has not begun. */
    @Nullable Long pos() {
        return pos;
    }

    /** Returns how many samples were released. */
    long samples() {
        return spans.samples();
    }

    /** Returns the parts of the timeline that they lie in. */
    List<TimelineSpan> spans() {
        return spans.all();
    }

    /** Returns the captions that begin within a frame that is about to be released at that position. */
    List<Caption> captionsOf(FrameCutter.Frame frame, long at) {
        var captions = new ArrayList<Caption>();
        long released = samples();
        track.drainBefore(
                released + frame.samples(),
                segment -> captions.add(new Caption(
                        utterance,
                        at + segment.firstSample() - released,
                        track.textOf(segment),
                        segment.from(),
                        segment.to(),
                        segment.index() + 1,
                        counted ? segment.count() : 0)));
        return captions;
    }

    /** Returns the words that begin within a frame that is about to be released at that position, with those right behind them. */
    List<WordsSpoken> wordsOf(FrameCutter.Frame frame, long at) {
        var words = new ArrayList<WordsSpoken>();
        long released = samples();
        if (!spans.isContinuedAt(at)) {
            track.rewindWords(released);
        }
        track.drainWordsBefore(
                released + frame.samples(),
                segment -> words.add(spoken(segment, at - released + segment.firstSample())));
        return words;
    }

    /** Returns the event of the words of a segment, whose first sample is at that position. */
    private WordsSpoken spoken(SegmentMark segment, long at) {
        long first = segment.words().getFirst().firstSample();
        return new WordsSpoken(
                utterance,
                at + first,
                segment.words().stream()
                        .map(word -> new TimedWord(
                                word.from(), word.to(), word.firstSample() - first, word.endSample() - first))
                        .toList());
    }

    /** Returns the marks that are reached within a frame that is about to be released at that position. */
    List<MarkReached> marksOf(FrameCutter.Frame frame, long at) {
        long released = samples();
        return marks.isDone()
                ? List.of()
                : events(marks.drainBefore(released + frame.samples(), track.map(), released), at - released);
    }

    /** Returns the marks that are reached with the end, after the last frame. */
    List<MarkReached> lastMarks() {
        return marks.isDone() || pos == null ? List.of() : events(marks.drainAt(samples(), track.map()), spans.begin());
    }

    /** Adds samples that were released at that position. */
    void add(int count, long at) {
        spans.add(at, count);
    }

    /** Takes all back, to be released and told again later. */
    void rewind() {
        track.rewind();
        marks.rewind();
        spans.clear();
        pos = null;
    }

    /** Records that nothing from that position of the timeline on will be heard. */
    void cut(long heardPos) {
        cutAfter = spans.before(heardPos);
    }

    /** Returns how many samples were heard by the time that position of the timeline is. */
    long heardSamples(long heardPos) {
        return Math.min(cutAfter, spans.before(heardPos));
    }

    private List<MarkReached> events(List<MarkTrack.Reached> reached, long begin) {
        return reached.stream()
                .map(mark -> new MarkReached(utterance, mark.id(), begin + mark.sample(), mark.estimated()))
                .toList();
    }
}
