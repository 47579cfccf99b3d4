package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.MarkReached;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was released of one utterance: where it lies on the channel's timeline, and which captions and marks were told with it, each
 * once, unless all is taken back. Confined to the clock's thread.
 */
final class ReleasedAudio {

    private final String utterance;
    private final TextTrack track;
    private final MarkTrack marks;
    private final TimelineSpans runs = new TimelineSpans();
    private @Nullable Long pos;
    private long samples;
    private long cutAfter = Long.MAX_VALUE;

    /** Nothing was released yet. */
    ReleasedAudio(String utterance, TextTrack track, List<TextMark> marks) {
        this.utterance = utterance;
        this.track = track;
        this.marks = new MarkTrack(marks);
    }

    /** The first frame will be released at that position. */
    void begin(long at) {
        pos = at;
    }

    /** Where it begins; null if it has not begun. */
    @Nullable Long pos() {
        return pos;
    }

    /** So much of it was released. */
    long samples() {
        return samples;
    }

    /** Where all of that lies. */
    List<TimelineSpan> stretches() {
        return runs.stretches(samples);
    }

    /** What begins to be spoken within a frame that is about to be released at that position. */
    List<Caption> captionsOf(FrameCutter.Frame frame, long at) {
        var captions = new ArrayList<Caption>();
        track.drainBefore(
                samples + frame.samples(),
                mark -> captions.add(new Caption(
                        utterance, at + mark.firstSample() - samples, track.textOf(mark), mark.from(), mark.to())));
        return captions;
    }

    /** Which marks are reached within a frame that is about to be released at that position. */
    List<MarkReached> marksOf(FrameCutter.Frame frame, long at) {
        return marks.isDone()
                ? List.of()
                : told(marks.drainBefore(samples + frame.samples(), track.map(), samples), at - samples);
    }

    /** Which marks are reached with the end, after the last frame. */
    List<MarkReached> lastMarks() {
        return marks.isDone() || pos == null ? List.of() : told(marks.drainAt(samples, track.map()), runs.begin());
    }

    /** So many more were released at that position. */
    void add(int count, long at) {
        runs.add(at, samples);
        samples += count;
    }

    /** All is taken back, to be released and told again later. */
    void rewind() {
        track.rewind();
        marks.rewind();
        samples = 0;
        runs.clear();
        pos = null;
    }

    /** What lies from that position of the timeline on will not be heard. */
    void cut(long heardPos) {
        cutAfter = runs.before(heardPos, samples);
    }

    /** How much of it was heard when that position of the timeline is. */
    long heardSamples(long heardPos) {
        return Math.min(cutAfter, runs.before(heardPos, samples));
    }

    private List<MarkReached> told(List<MarkTrack.Reached> reached, long begin) {
        return reached.stream()
                .map(mark -> new MarkReached(utterance, mark.id(), begin + mark.sample(), mark.estimated()))
                .toList();
    }
}
