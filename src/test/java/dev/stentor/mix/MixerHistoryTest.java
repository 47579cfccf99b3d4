package dev.stentor.mix;

import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rules for going back in a mix and rendering its frames again. */
class MixerHistoryTest {

    private static final SourceSettings UNITY = SourceSettings.UNITY;

    private final Desk desk = new Desk();

    @Test
    void framesThatAreRenderedAgainAreTheSameButForWhatWasChanged() {
        desk.mixer.put(
                "bed", SoundClip.of(Desk.scaled(Desk.noise(1, 24_000), 0.5)).looped(), UNITY);
        int[] first = desk.frames(20);

        assertThat(desk.mixer.rewind(10)).isEqualTo(10);
        int[] again = desk.frames(12);

        for (int i = 0; i < 10 * FRAME; i++) {
            assertThat(Math.abs(again[i] - first[10 * FRAME + i])).isLessThanOrEqualTo(2); // the dither is another
        }
        var fresh = new Desk();
        fresh.mixer.put(
                "bed", SoundClip.of(Desk.scaled(Desk.noise(1, 24_000), 0.5)).looped(), UNITY);
        int[] straight = fresh.frames(22);
        for (int i = 0; i < 12 * FRAME; i++) {
            assertThat(Math.abs(again[i] - straight[10 * FRAME + i])).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void goingBackStopsAtTheHistorysEndAndAtTheBeginning() {
        desk.mixer.put("bed", SoundClip.of(Desk.noise(1, 24_000)).looped(), UNITY);
        var _ = desk.frames(3);
        assertThat(desk.mixer.rewind(10)).isEqualTo(3);
        var _ = desk.frames(100);
        assertThat(desk.mixer.rewind(100)).isEqualTo(15);
    }

    @Test
    void moreIsRememberedFromNowOnAndNothingIsForgotten() {
        desk.mixer.put("bed", SoundClip.of(Desk.noise(1, 24_000)).looped(), new SourceSettings(-6, 1_000, true));
        desk.speech = true;
        int[] before = desk.frames(40);
        desk.mixer.remember(60);
        assertThat(desk.mixer.rewind(100)).isEqualTo(15);
        assertThat(desk.frames(15)).satisfies(again -> isTheSame(again, before, 25));

        int[] after = desk.frames(80);
        desk.mixer.remember(30); // less than it does already
        assertThat(desk.mixer.rewind(100)).isEqualTo(60);
        assertThat(desk.frames(60)).satisfies(again -> isTheSame(again, after, 20));
    }

    /** Asserts that both are the same but for the dither, which differs. */
    private static void isTheSame(int[] again, int[] before, int fromFrame) {
        for (int i = 0; i < again.length; i++) {
            assertThat(Math.abs(again[i] - before[fromFrame * FRAME + i])).isLessThanOrEqualTo(2);
        }
    }
}
