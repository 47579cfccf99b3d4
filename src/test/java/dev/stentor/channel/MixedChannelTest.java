package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static dev.stentor.channel.Mixed.ALWAYS;
import static dev.stentor.channel.Mixed.FRAME;
import static dev.stentor.channel.Mixed.PLAIN;
import static dev.stentor.channel.Mixed.SPEECH;
import static dev.stentor.channel.Mixed.samples;
import static dev.stentor.channel.Mixed.shorts;
import static dev.stentor.channel.Mixed.tone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Utterance.State;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SoundClip;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MixedChannelTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(SPEECH, 9_600));

    @Test
    void withoutTheStageTheEnginesOwnBuffersGoOut() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.sound()).isEqualTo(SPEECH);
        assertThat(booth.audio()).noneMatch(Audio::mixed);
    }

    @Test
    void speechAloneGoesThroughTheStageBitForBitAndSaysWhereItLies() {
        booth.mix(ALWAYS);
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(6));

        UtteranceStarted started = booth.output.all(UtteranceStarted.class).getFirst();
        UtteranceEnded ended = booth.output.all(UtteranceEnded.class).getFirst();
        assertThat(started.pos()).isEqualTo(Mixer.DELAY_SAMPLES);
        assertThat(ended.pos()).isEqualTo(started.pos());
        assertThat(ended.samples()).isEqualTo(5 * SECOND);
        short[] heard = samples(booth.audio());
        int from = (int) (started.pos() - booth.audio().getFirst().pos());
        assertThat(Arrays.mismatch(heard, from, from + 5 * SECOND, shorts(SPEECH), 0, 5 * SECOND))
                .isEqualTo(-1);
        assertThat(booth.audio()).allMatch(Audio::mixed);
        assertThat(booth.audio().getFirst().first()).isTrue();
        assertThat(booth.audio().getLast().last()).isTrue();
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void whereTheMixFallsSilentNothingIsLoudAnyMore() {
        booth.mix(ALWAYS);
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.answer(booth.channel.mix()).speech().shortTermLufs()).isGreaterThan(-60);
        booth.clock.advance(Duration.ofSeconds(6));
        MixStatus after = booth.answer(booth.channel.mix());
        assertThat(after.on()).isTrue();
        assertThat(after.speech()).isEqualTo(Levels.SILENT);
        assertThat(after.levels()).isEqualTo(Levels.SILENT);
    }

    @Test
    void theStageIsSwitchedOnBetweenUtterancesAndSaysThatItWaits() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(1));
        MixStatus waits = booth.answer(booth.channel.put("bed", tone(0.25, true), UnaryOperator.identity()));
        assertThat(waits.on()).isFalse();
        assertThat(waits.pending()).isTrue();
        booth.clock.advance(Duration.ofSeconds(10));
        MixStatus now = booth.answer(booth.channel.mix());
        assertThat(now.on()).isTrue();
        assertThat(now.pending()).isFalse();
        List<Audio> all = booth.audio();
        long firstMixed =
                all.stream().filter(Audio::mixed).findFirst().orElseThrow().pos();
        assertThat(firstMixed).isEqualTo(5L * SECOND);
        assertThat(all.stream().filter(frame -> !frame.mixed()).count()).isEqualTo(250);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).pos()).isEqualTo(all.get(i - 1).pos() + FRAME);
        }
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
    }

    @Test
    void aPauseHoldsTheSpeechLosesNothingAndTheBedGoesOn() {
        booth.mix(PLAIN);
        booth.put("bed", tone(0.25, false));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        booth.answer(booth.channel.pause());
        long at = booth.audio().getLast().pos();
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.PAUSED);
        assertThat(booth.audio().getLast().pos()).isGreaterThan(at + SECOND);
        assertThat(booth.output.all(SpeechPaused.class)).isEmpty();
        long samples = booth.utterance("u1").samples();
        booth.answer(booth.channel.resume());
        booth.clock.advance(Duration.ofSeconds(6));
        UtteranceEnded ended = booth.output.all(UtteranceEnded.class).getFirst();
        assertThat(samples).isLessThan(3L * SECOND);
        assertThat(ended.samples()).isEqualTo(5 * SECOND);
        assertThat(booth.utterance("u1").heard().samples()).isEqualTo(5 * SECOND);
        assertThat(booth.utterance("u1").spans()).isEqualTo(ended.spans());
        assertThat(ended.spans())
                .hasSize(2)
                .extracting(TimelineSpan::samples)
                .containsExactly(samples, 5 * SECOND - samples);
        assertThat(ended.spans().getFirst().pos()).isEqualTo(ended.pos());
        assertThat(ended.spans().getLast().pos())
                .isGreaterThan(ended.spans().getFirst().end() + SECOND);
    }

    @Test
    void eachVoiceIsBroughtToTheTarget() {
        float size = 0.02f;
        byte[] quiet = new byte[20 * SECOND * 2];
        ByteBuffer out = ByteBuffer.wrap(quiet).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 20 * SECOND; i++) {
            out.putShort((short) Math.round(32_768 * size * 3 * Math.sin(2 * Math.PI * 700 * i / SECOND)));
        }
        Booth quietly = new Booth(ScriptedEngine.speaking(quiet, 9_600));
        quietly.answer(quietly.channel.mix(_ -> new MixSettings(DuckSettings.DEFAULT, -19.0, true)));
        quietly.speak("one");
        quietly.clock.advance(Duration.ofSeconds(21));
        short[] heard = samples(quietly.output.all(Audio.class));
        float[] end = new float[4 * SECOND];
        for (int i = 0; i < end.length; i++) {
            end[i] = heard[heard.length - 5 * SECOND + i] / 32_768f;
        }
        assertThat(SoundClip.of(end).loudnessLufs()).isBetween(-20.0, -18.0);
        assertThat(quietly.answer(quietly.channel.mix()).voiceGainDb()).isBetween(5.0, 12.0);
    }
}
