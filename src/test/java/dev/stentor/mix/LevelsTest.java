package dev.stentor.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Rules for the levels of the sources and of the whole mix, while they sound. */
class LevelsTest {

    private static final Offset<Double> CLOSE = Offset.offset(0.1);

    private final Desk desk = new Desk();

    private void put(double peakDb, double seconds, double gainDb) {
        float[] tone = Desk.sine(997, Math.pow(10, peakDb / 20), (int) (seconds * 24_000));
        desk.mixer.put("tone", Desk.exact(tone), new SourceSettings(gainDb, 0, false));
    }

    private Levels tone() {
        return desk.mixer.sources().getFirst().levels();
    }

    @Test
    void aToneIsAsLoudAsTheStandardSaysBehindItsGain() {
        put(-20, 10, -6);
        var _ = desk.frames(200);
        assertThat(tone().momentaryLufs()).isCloseTo(-29, CLOSE);
        assertThat(tone().shortTermLufs()).isCloseTo(-29, CLOSE);
        assertThat(tone().peakDb()).isCloseTo(-26, CLOSE);
        assertThat(desk.mixer.levels().momentaryLufs()).isCloseTo(-29, CLOSE);
        assertThat(desk.mixer.levels().shortTermLufs()).isCloseTo(-29, CLOSE);
    }

    @Test
    void theMomentaryLooksBackFourTenthsOfASecondAndTheShortTermThreeSeconds() {
        put(-20, 3, 0);
        var _ = desk.frames(150);
        assertThat(tone().shortTermLufs()).isCloseTo(-23, CLOSE);
        var _ = desk.frames(10);
        assertThat(tone().momentaryLufs()).isCloseTo(-26, CLOSE); // half of it
        var _ = desk.frames(65);
        assertThat(tone().momentaryLufs()).isEqualTo(Levels.SILENT.momentaryLufs());
        assertThat(tone().shortTermLufs()).isCloseTo(-26, CLOSE);
        var _ = desk.frames(75);
        assertThat(tone()).isEqualTo(Levels.SILENT);
    }

    @Test
    void framesThatAreRenderedAgainDoNotCountTwice() {
        put(-20, 0.2, 0);
        var _ = desk.frames(20);
        Levels once = tone();
        assertThat(desk.mixer.rewind(15)).isEqualTo(15);
        var _ = desk.frames(15);
        assertThat(tone().momentaryLufs()).isCloseTo(once.momentaryLufs(), CLOSE);
        assertThat(once.momentaryLufs()).isCloseTo(-26, CLOSE);
    }

    @Test
    void onceNoFrameFollowsNothingIsLoud() {
        put(-20, 10, 0);
        var _ = desk.frames(100);
        desk.mixer.fallSilent();
        assertThat(tone()).isEqualTo(Levels.SILENT);
        assertThat(desk.mixer.levels()).isEqualTo(Levels.SILENT);
    }
}
