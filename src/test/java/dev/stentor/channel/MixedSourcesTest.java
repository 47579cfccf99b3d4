package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static dev.stentor.channel.Mixed.ALWAYS;
import static dev.stentor.channel.Mixed.FRAME;
import static dev.stentor.channel.Mixed.PLAIN;
import static dev.stentor.channel.Mixed.SPEECH;
import static dev.stentor.channel.Mixed.samples;
import static dev.stentor.channel.Mixed.tone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceBuffer;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rules for the sources beside the speech of a channel: beds and earcons. */
class MixedSourcesTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(SPEECH, 9_600));

    @Test
    void aBedPlaysWhileNobodySpeaksAndThePhaseStaysIdle() {
        booth.put("bed", tone(0.25, true));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.audio()).hasSizeBetween(150, 156);
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(1);
        for (int i = 1; i < booth.audio().size(); i++) {
            assertThat(booth.audio().get(i).pos())
                    .isEqualTo(booth.audio().get(i - 1).pos() + FRAME);
        }
    }

    @Test
    void aBedThatIsTakenAwayFadesAndTheChannelFallsSilent() {
        booth.put("bed", tone(0.25, true));
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.remove("bed"));
        booth.clock.advance(Duration.ofSeconds(1));
        int frames = booth.audio().size();
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.audio()).hasSize(frames);
        assertThat(booth.audio().getLast().last()).isTrue();
        assertThat(samples(booth.audio().subList(frames - 1, frames))).endsWith(new short[200]);
        assertThat(booth.answer(booth.channel.mix()).on()).isFalse();
        assertThat(largestStep(samples(booth.audio()))).isLessThan(0.04);
    }

    private static double largestStep(short[] samples) {
        int most = 0;
        for (int i = 1; i < samples.length; i++) {
            most = Math.max(most, Math.abs(samples[i] - samples[i - 1]));
        }
        return most / 32_768.0;
    }

    @Test
    void speechDucksTheBedByWhatWasAskedAndBeginsInTheClear() {
        byte[] silence = new byte[5 * SECOND * 2];
        var quiet = new Booth(ScriptedEngine.speaking(silence, 9_600));
        quiet.answer(quiet.channel.mix(_ -> new MixSettings(new DuckSettings(-18, 100, 400, 600), null, false)));
        quiet.answer(quiet.channel.put("bed", tone(0.5, true), UnaryOperator.identity()));
        quiet.clock.advance(Duration.ofSeconds(2));
        quiet.speak("one");
        quiet.clock.advance(Duration.ofSeconds(8));
        UtteranceStarted started = quiet.output.all(UtteranceStarted.class).getFirst();
        short[] heard = samples(quiet.output.all(Audio.class));
        int at = (int) started.pos();
        double before = rms(heard, SECOND, SECOND + 2_400);
        assertThat(rms(heard, at, at + 2_400) - before).isBetween(-19.0, -17.0);
        assertThat(rms(heard, at + 4 * SECOND, at + 4 * SECOND + 2_400) - before)
                .isBetween(-18.2, -17.8);
        int end = at + 5 * SECOND;
        assertThat(rms(heard, end + 4_800, end + 7_200) - before).isBetween(-18.2, -17.8); // held
        assertThat(rms(heard, end + SECOND + 9_600, end + SECOND + 12_000) - before)
                .isBetween(-0.2, 0.2);
    }

    private static double rms(short[] samples, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (double) samples[i] * samples[i];
        }
        return 10 * Math.log10(squares / (to - from));
    }

    @Test
    void anEarconComesBeforeEachUtterance() {
        booth.mix(ALWAYS);
        float[] ping = new float[SECOND / 2];
        Arrays.fill(ping, 0.1f);
        SoundClip sound = SoundClip.of(ping);
        booth.put(
                "ping",
                new Source(
                        sound::once,
                        SourceSettings.UNITY,
                        new Source.Start.BeforeEachUtterance(),
                        null,
                        SourceOrigin.NONE));
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(13));
        List<UtteranceStarted> started = booth.output.all(UtteranceStarted.class);
        assertThat(started).hasSize(2);
        assertThat(started.getFirst().pos()).isBetween(SECOND / 2L, SECOND / 2L + 2L * FRAME);
        assertThat(started.getLast().pos() - started.getFirst().pos())
                .isBetween(5L * SECOND + SECOND / 2, 5L * SECOND + SECOND / 2 + 3L * FRAME);
    }

    @Test
    void aSourceBeginsWhenItIsTold() {
        booth.mix(ALWAYS);
        Source tone = tone(0.25, false);
        booth.put(
                "late",
                new Source(
                        tone.input(),
                        tone.settings(),
                        new Source.Start.After(Duration.ofSeconds(2)),
                        null,
                        SourceOrigin.NONE));
        assertThat(booth.answer(booth.channel.mix()).sources().getFirst().state())
                .isEqualTo(MixStatus.State.WAITING);
        booth.clock.advance(Duration.ofMillis(1_900));
        assertThat(booth.audio()).isEmpty();
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.audio()).isNotEmpty();
    }

    @Test
    void howLoudEachSourceIsIsToldAsLongAsItIsThere() {
        booth.mix(PLAIN);
        booth.put("bed", tone(0.25, false));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.stats.sources).extracting(Mixer.SourceState::name).containsExactly("speech", "bed");
        assertThat(booth.stats.sources.getLast().levels().peakDb()).isBetween(-12.2, -11.9);
        assertThat(booth.answer(booth.channel.remove("bed"))).isNotNull();
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.stats.sources).extracting(Mixer.SourceState::name).containsExactly("speech");
        booth.clock.advance(Duration.ofSeconds(5));
        assertThat(booth.stats.sources).isEmpty();
    }

    @Test
    void whatBefallsSourcesIsToldAlsoOfThoseThatAreGone() {
        var late = new SourceBuffer(new SourceBuffer.Bounds(1_000, 60, 600), () -> {});
        float[] packet = new float[2_400];
        packet[500] = Float.NaN;
        var _ = late.write(packet, 0, packet.length);
        float[] loud = new float[SECOND];
        Arrays.fill(loud, 0.9f);
        SoundClip sound = SoundClip.of(loud);
        booth.put("late", Source.now(() -> late, SourceSettings.UNITY));
        booth.put("loud", Source.now(sound::once, SourceSettings.UNITY));
        booth.put("louder", Source.now(sound::once, SourceSettings.UNITY));
        booth.clock.advance(Duration.ofSeconds(3));
        booth.answer(booth.channel.remove("late"));
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.answer(booth.channel.mix()).on()).isFalse();
        assertThat(booth.stats.mixes.shortages()).isEqualTo(1);
        assertThat(booth.stats.mixes.faultySamples()).isEqualTo(1);
        assertThat(booth.stats.mixes.limitedFrames()).isBetween(50L, 90L); // a second, and until the gain is let go
    }
}
