package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.TextMap.Offset;
import dev.stentor.speech.SegmentMark;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class TextTrackTest {

    private static final String TEXT = "First one. Second.";
    private static final SegmentMark FIRST = new SegmentMark(0, 2, 0, 10, 0);
    private static final SegmentMark SECOND = new SegmentMark(1, 2, 11, 18, 24_000);

    private final TextTrack track = new TextTrack(new GrowingText(TEXT));

    @Test
    void whereASegmentBeginsTheOffsetIsExact() {
        track.add(FIRST);
        track.add(SECOND);
        assertThat(track.map().at(0)).isEqualTo(new Offset(0, false));
        assertThat(track.map().at(24_000)).isEqualTo(new Offset(11, false));
        assertThat(track.segments()).isEqualTo(2);
        assertThat(track.latest()).isEqualTo(1);
    }

    @Test
    void withinASegmentItIsEstimatedByTheSamples() {
        track.add(FIRST);
        track.add(SECOND);
        assertThat(track.map().at(12_000)).isEqualTo(new Offset(5, true));
        track.end(31_000);
        assertThat(track.map().at(27_000)).isEqualTo(new Offset(14, true));
        assertThat(track.map().at(31_000)).isEqualTo(new Offset(18, false));
    }

    @Test
    void beforeTheLengthIsKnownItIsGuessedByTheText() {
        track.add(FIRST);
        assertThat(track.map().at(8_400)).isEqualTo(new Offset(5, true));
        assertThat(track.map().at(240_000)).isEqualTo(new Offset(10, true));
        var chinese = new TextTrack(new GrowingText("你好世界"));
        assertThat(chinese.map().at(10_560)).isEqualTo(new Offset(2, true));
    }

    @Test
    void withoutMarksTheWholeTextIsOneSegment() {
        assertThat(track.segments()).isZero();
        assertThat(track.latest()).isEqualTo(-1);
        assertThat(track.map().at(0)).isEqualTo(new Offset(0, false));
        track.end(18_000);
        assertThat(track.map().at(9_000)).isEqualTo(new Offset(9, true));
        assertThat(track.map().at(18_000)).isEqualTo(new Offset(18, false));
    }

    @Test
    void eachSegmentIsToldOnceBeforeTheFrameInWhichItBegins() {
        track.add(FIRST);
        track.add(SECOND);
        var told = new ArrayList<SegmentMark>();
        track.drainBefore(480, told::add);
        track.drainBefore(24_000, told::add);
        assertThat(told).containsExactly(FIRST);
        track.drainBefore(24_480, told::add);
        track.drainBefore(100_000, told::add);
        assertThat(told).containsExactly(FIRST, SECOND);
        assertThat(track.textOf(SECOND)).isEqualTo("Second.");
    }
}
