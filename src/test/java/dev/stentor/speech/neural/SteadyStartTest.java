package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.text.Segment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delays of the first sound. A segment of 25 letters is 10 units, which sound for 2 s. */
class SteadyStartTest {

    private static final Segment TWO_SECONDS = new Segment("abcdefghijklmnopqrstuvwxy", 0, 25);

    private static long millis(double pace, double speed, int firstMillis, Segment... later) {
        Duration delay = new SteadyStart(() -> pace, speed).of((int) SpeechTime.samples(firstMillis), List.of(later));
        return delay.toMillis();
    }

    @Test
    void nothingWaitsIfTheNextSegmentIsMadeWhileTheFirstIsHeard() {
        assertThat(millis(0.5, 1, 1_000, TWO_SECONDS)).isZero();
    }

    @Test
    void aShortFirstSegmentWaitsForWhatTheNextOneTakesLonger() {
        assertThat(millis(0.5, 1, 400, TWO_SECONDS)).isEqualTo(600);
    }

    @Test
    void aFastTextSoundsForLessTimeAndIsMadeInLess() {
        assertThat(millis(0.5, 2, 400, TWO_SECONDS)).isEqualTo(100);
    }

    @Test
    void segmentsFurtherOnCountAsWell() {
        Segment four = new Segment(TWO_SECONDS.text() + TWO_SECONDS.text(), 0, 50);
        // Made after 0.9 s and 2.7 s, needed after 1.0 s and 3.0 s; with one more of four seconds after 4.5 s, needed
        // after 7 s.
        assertThat(millis(0.45, 1, 1_000, TWO_SECONDS, four, four)).isZero();
        assertThat(millis(0.9, 1, 1_000, TWO_SECONDS, four)).isEqualTo(2_400);
    }

    @Test
    void noTextWaitsForMoreThanThreeSeconds() {
        assertThat(millis(5, 1, 400, TWO_SECONDS, TWO_SECONDS, TWO_SECONDS)).isEqualTo(3_000);
    }
}
