package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceSettings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rules for the reports of how loud the sources of a mix are, wherever its sound breaks off. */
class MixLevelsTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(5 * SECOND), 9_600));

    private void mix(boolean always) {
        booth.answer(booth.channel.mix(_ -> new MixSettings(DuckSettings.DEFAULT, null, always)));
    }

    private void putBed() {
        float[] level = new float[SECOND];
        Arrays.fill(level, 0.25f);
        SoundClip sound = SoundClip.of(level);
        booth.answer(booth.channel.put(
                "bed", Source.now(sound::looped, new SourceSettings(0, 5, true)), UnaryOperator.identity()));
    }

    @Test
    void afterAClearWithNothingBesideNobodyIsLoud() {
        mix(true);
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.stats.sources).anyMatch(state -> state.levels().peakDb() > -20);
        booth.clear(ClearRequest.all("interrupt"));
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.stats.sources).allMatch(state -> state.levels().equals(Levels.SILENT));
    }

    @Test
    void aBedThatIsTakenAwayInAPauseIsToldNoMore() {
        mix(false);
        putBed();
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        booth.answer(booth.channel.pause());
        booth.answer(booth.channel.remove("bed"));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.stats.sources).extracting(Mixer.SourceState::name).containsExactly("speech");
        assertThat(booth.stats.sources).allMatch(state -> state.levels().equals(Levels.SILENT));
    }

    @Test
    void soundThatGoesOnAfterAClearIsLoudAgain() {
        mix(true);
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        booth.speak("two", Mode.INTERRUPT);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.stats.sources).anyMatch(state -> state.levels().peakDb() > -20);
    }
}
