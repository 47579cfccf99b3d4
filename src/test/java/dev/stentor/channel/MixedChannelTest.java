package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Order.Mode;
import dev.stentor.channel.Utterance.State;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.Silence;
import dev.stentor.mix.Sound;
import dev.stentor.mix.SourceBuffer;
import dev.stentor.mix.SourceSettings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedChannelTest {

    private static final int FRAME = ChannelEvent.FRAME_SAMPLES;
    private static final MixSettings PLAIN = new MixSettings(DuckSettings.DEFAULT, null, false);
    private static final MixSettings ALWAYS = new MixSettings(DuckSettings.DEFAULT, null, true);

    private final byte[] speech = Signals.selfIndexing(5 * SECOND);
    private final Booth booth = new Booth(ScriptedEngine.speaking(speech, 9_600));

    private static Source tone(double size, boolean ducks) {
        float[] samples = new float[2_400]; // 50 periods of 500 Hz
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (size * Math.sin(2 * Math.PI * 500 * i / SECOND));
        }
        Sound sound = Sound.of(samples);
        return Source.now(sound::looped, new SourceSettings(0, 5, ducks));
    }

    private void mix(MixSettings settings) {
        booth.answer(booth.channel.mix(settings));
    }

    private void put(String name, Source source) {
        booth.answer(booth.channel.put(name, source));
    }

    private static short[] samples(List<Audio> frames) {
        short[] all = new short[frames.size() * FRAME];
        for (int i = 0; i < frames.size(); i++) {
            ByteBuffer audio = frames.get(i).audio().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            audio.asShortBuffer().get(all, i * FRAME, FRAME);
        }
        return all;
    }

    private static short[] shorts(byte[] bytes) {
        short[] all = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(all);
        return all;
    }

    private List<Audio> audio() {
        return booth.output.all(Audio.class);
    }

    @Test
    void withoutTheStageTheEnginesOwnBuffersGoOut() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.sound()).isEqualTo(speech);
        assertThat(audio()).noneMatch(Audio::mixed);
    }

    @Test
    void speechAloneGoesThroughTheStageBitForBitAndSaysWhereItLies() {
        mix(ALWAYS);
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(6));

        UtteranceStarted started = booth.output.all(UtteranceStarted.class).getFirst();
        UtteranceEnded ended = booth.output.all(UtteranceEnded.class).getFirst();
        assertThat(started.pos()).isEqualTo(Mixer.DELAY_SAMPLES);
        assertThat(ended.pos()).isEqualTo(started.pos());
        assertThat(ended.samples()).isEqualTo(5 * SECOND);
        short[] heard = samples(audio());
        int from = (int) (started.pos() - audio().getFirst().pos());
        assertThat(Arrays.mismatch(heard, from, from + 5 * SECOND, shorts(speech), 0, 5 * SECOND))
                .isEqualTo(-1);
        assertThat(audio()).allMatch(Audio::mixed);
        assertThat(audio().getFirst().first()).isTrue();
        assertThat(audio().getLast().last()).isTrue();
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aBedPlaysWhileNobodySpeaksAndThePhaseStaysIdle() {
        put("bed", tone(0.25, true));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(audio()).hasSizeBetween(150, 156);
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(1);
        for (int i = 1; i < audio().size(); i++) {
            assertThat(audio().get(i).pos()).isEqualTo(audio().get(i - 1).pos() + FRAME);
        }
    }

    @Test
    void aBedThatIsTakenAwayFadesAndTheChannelFallsSilent() {
        put("bed", tone(0.25, true));
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.remove("bed"));
        booth.clock.advance(Duration.ofSeconds(1));
        int frames = audio().size();
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(audio()).hasSize(frames);
        assertThat(audio().getLast().last()).isTrue();
        assertThat(samples(audio().subList(frames - 1, frames))).endsWith(new short[200]);
        assertThat(booth.answer(booth.channel.mix()).on()).isFalse();
        assertThat(largestStep(samples(audio()))).isLessThan(0.04);
    }

    @Test
    void whereTheMixFallsSilentNothingIsLoudAnyMore() {
        mix(ALWAYS);
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.answer(booth.channel.mix()).speech().shortTermLufs()).isGreaterThan(-60);
        booth.clock.advance(Duration.ofSeconds(6));
        MixStatus after = booth.answer(booth.channel.mix());
        assertThat(after.on()).isTrue();
        assertThat(after.speech()).isEqualTo(Levels.SILENT);
        assertThat(after.levels()).isEqualTo(Levels.SILENT);
    }

    private static double largestStep(short[] samples) {
        int most = 0;
        for (int i = 1; i < samples.length; i++) {
            most = Math.max(most, Math.abs(samples[i] - samples[i - 1]));
        }
        return most / 32_768.0;
    }

    @Test
    void theStageIsSwitchedOnBetweenUtterancesAndSaysThatItWaits() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(1));
        MixStatus waits = booth.answer(booth.channel.put("bed", tone(0.25, true)));
        assertThat(waits.on()).isFalse();
        assertThat(waits.pending()).isTrue();
        booth.clock.advance(Duration.ofSeconds(10));
        MixStatus now = booth.answer(booth.channel.mix());
        assertThat(now.on()).isTrue();
        assertThat(now.pending()).isFalse();
        List<Audio> all = audio();
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
    void speechDucksTheBedByWhatWasAskedAndBeginsInTheClear() {
        byte[] silence = new byte[5 * SECOND * 2];
        var quiet = new Booth(ScriptedEngine.speaking(silence, 9_600));
        quiet.answer(quiet.channel.mix(new MixSettings(new DuckSettings(-18, 100, 400, 600), null, false)));
        quiet.answer(quiet.channel.put("bed", tone(0.5, true)));
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
    void clearingEndsTheSpeechInOneFlushAndTheBedGoesOnFromBeforeWhatIsHeard() {
        mix(PLAIN);
        put("bed", tone(0.25, false));
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(1_510));
        long heard = booth.output.all(TimelineMoved.class).getFirst().pos()
                + (booth.clock.micros()
                                - booth.output
                                        .all(TimelineMoved.class)
                                        .getFirst()
                                        .playMicros())
                        * 24
                        / 1_000;
        int events = booth.output.events.size();
        int flushes = booth.output.flushes;
        Cleared cleared = booth.clear(Clear.all("interrupt"));

        assertThat(booth.output.flushes).isEqualTo(flushes + 1);
        List<ChannelEvent> after = booth.output.events.subList(events, booth.output.events.size());
        var told = (SpeechCleared) after.getFirst();
        long fromPos = Objects.requireNonNull(told.fromPos());
        assertThat(fromPos).isBetween(heard - 240L * 24, heard - 200L * 24);
        assertThat(told.pos()).isEqualTo(cleared.pos());
        var moved = (TimelineMoved) after.get(1);
        assertThat(moved.pos()).isEqualTo(cleared.pos());
        List<Audio> fresh = after.stream()
                .filter(Audio.class::isInstance)
                .map(Audio.class::cast)
                .toList();
        assertThat(fresh.getFirst().pos()).isEqualTo(cleared.pos());
        assertThat(fresh.getFirst().playMicros()).isEqualTo(frameAt(1, fromPos).playMicros());
        assertThat(fresh.getLast().playMicros())
                .isBetween(booth.clock.micros() + 80_000, booth.clock.micros() + 100_000);
        short[] bed = samples(fresh);
        for (int i = 0; i < bed.length; i++) { // the bed as it was, the speech gone
            double at = fromPos + i - Mixer.DELAY_SAMPLES;
            double expected = 32_768 * 0.25 * Math.sin(2 * Math.PI * 500 * at / SECOND);
            assertThat(bed[i]).isCloseTo((short) Math.round(expected), org.assertj.core.data.Offset.offset((short) 3));
        }
        long heardOfIt = cleared.utterances().getFirst().heard().samples();
        assertThat(heardOfIt).isBetween(heard - 2 * FRAME - 12 * FRAME, heard);
    }

    @Test
    void theBedGoesOnFromBeforeWhatIsHeardAlsoOnceTheLeadWasMadeMuchLonger() {
        mix(PLAIN);
        put("bed", tone(0.25, false));
        booth.clock.advance(Duration.ofSeconds(2));
        booth.answer(booth.channel.change(ChannelSettings.conversation().withLead(Duration.ofSeconds(5))));
        booth.clock.advance(Duration.ofSeconds(7));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(3));
        TimelineMoved began = booth.output.all(TimelineMoved.class).getFirst();
        long heard = began.pos() + (booth.clock.micros() - began.playMicros()) * 24 / 1_000;
        var _ = booth.clear(Clear.all("interrupt"));
        SpeechCleared told = booth.output.all(SpeechCleared.class).getFirst();
        assertThat(Objects.requireNonNull(told.fromPos())).isBetween(heard - 240L * 24, heard - 200L * 24);
    }

    private Audio frameAt(int generation, long pos) {
        return audio().stream()
                .filter(frame -> frame.generation() == generation && frame.pos() == pos)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theBedGoesOnThroughTwentyInterruptionsWithoutAHole() {
        put("bed", tone(0.25, false));
        mix(PLAIN);
        for (int i = 0; i < 20; i++) {
            booth.speak("now " + i, Mode.INTERRUPT);
            booth.clock.advance(Duration.ofMillis(130 + 37 * i));
        }
        booth.clock.advance(Duration.ofSeconds(6));
        List<SpeechCleared> clears = booth.output.all(SpeechCleared.class);
        assertThat(clears).hasSize(20).allMatch(cleared -> cleared.fromPos() != null);
        List<Audio> all = audio();
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).pos()).isEqualTo(all.get(i - 1).pos() + FRAME);
            if (all.get(i).generation() == all.get(i - 1).generation()) {
                assertThat(all.get(i).playMicros()).isEqualTo(all.get(i - 1).playMicros() + 20_000);
            }
        }
        assertThat(booth.utterance("u20").state()).isEqualTo(State.DONE);
        assertThat(booth.utterance("u20").samples()).isEqualTo(5 * SECOND);
    }

    @Test
    void anEarconThatEndedBeforeTheMixBeganAnewDoesNotSoundAgainAtAClear() {
        mix(ALWAYS);
        float[] ping = new float[SECOND / 2];
        Arrays.fill(ping, 0.1f);
        Sound sound = Sound.of(ping);
        put("ping", Source.now(sound::once, SourceSettings.UNITY));
        booth.clock.advance(Duration.ofSeconds(2));
        put("silence", Source.now(() -> new Silence(), SourceSettings.UNITY));
        booth.clock.advance(Duration.ofMillis(60));
        long began = booth.output.all(TimelineMoved.class).getLast().pos();
        var _ = booth.clear(Clear.all("interrupt"));
        SpeechCleared cleared = booth.output.all(SpeechCleared.class).getLast();
        assertThat(Objects.requireNonNull(cleared.fromPos())).isGreaterThanOrEqualTo(began);
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(samples(ofGeneration(2))).containsOnly(0);
    }

    private List<Audio> ofGeneration(int generation) {
        return audio().stream()
                .filter(frame -> frame.generation() == generation)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void whatIsSpokenNextBeginsWhereItIsStillToBeHeard(int drainMillis) {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(speech, 9_600),
                ChannelSettings.conversation().withLead(Duration.ofMillis(500)));
        ahead.answer(ahead.channel.mix(PLAIN));
        ahead.answer(ahead.channel.put("bed", tone(0.25, false)));
        ahead.speak("one");
        ahead.speak("two");
        ahead.clock.advance(Duration.ofSeconds(2));
        var _ = ahead.clear(new Clear(Clear.Scope.CURRENT, drainMillis, 5, "next"));
        long now = ahead.clock.micros();
        ahead.clock.advance(Duration.ofSeconds(8));
        UtteranceStarted second = ahead.output.all(UtteranceStarted.class).getLast();
        assertThat(second.id()).isEqualTo("u2");
        TimelineMoved moved = ahead.output.all(TimelineMoved.class).getLast();
        long due = moved.playMicros() + (second.pos() - moved.pos()) * 1_000 / 24;
        assertThat(due).isBetween(now + drainMillis * 1_000L, now + drainMillis * 1_000L + 40_000);
        assertThat(ahead.utterance("u2").samples()).isEqualTo(5 * SECOND);
    }

    @Test
    void aPauseHoldsTheSpeechLosesNothingAndTheBedGoesOn() {
        mix(PLAIN);
        put("bed", tone(0.25, false));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        booth.answer(booth.channel.pause());
        long at = audio().getLast().pos();
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.PAUSED);
        assertThat(audio().getLast().pos()).isGreaterThan(at + SECOND);
        assertThat(booth.output.all(SpeechPaused.class)).isEmpty();
        long samples = booth.utterance("u1").samples();
        booth.answer(booth.channel.resume());
        booth.clock.advance(Duration.ofSeconds(6));
        UtteranceEnded ended = booth.output.all(UtteranceEnded.class).getFirst();
        assertThat(samples).isLessThan(3L * SECOND);
        assertThat(ended.samples()).isEqualTo(5 * SECOND);
        assertThat(booth.utterance("u1").heard().samples()).isEqualTo(5 * SECOND);
        assertThat(booth.utterance("u1").stretches()).isEqualTo(ended.stretches());
        assertThat(ended.stretches())
                .hasSize(2)
                .extracting(Stretch::samples)
                .containsExactly(samples, 5 * SECOND - samples);
        assertThat(ended.stretches().getFirst().pos()).isEqualTo(ended.pos());
        assertThat(ended.stretches().getLast().pos())
                .isGreaterThan(ended.stretches().getFirst().end() + SECOND);
    }

    @Test
    void anEarconComesBeforeEachUtterance() {
        mix(ALWAYS);
        float[] ping = new float[SECOND / 2];
        Arrays.fill(ping, 0.1f);
        Sound sound = Sound.of(ping);
        put("ping", new Source(sound::once, SourceSettings.UNITY, new Source.Start.BeforeEachUtterance(), null));
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(13));
        List<UtteranceStarted> started = booth.output.all(UtteranceStarted.class);
        assertThat(started).hasSize(2);
        assertThat(started.getFirst().pos()).isBetween(SECOND / 2L, SECOND / 2L + 2 * FRAME);
        assertThat(started.getLast().pos() - started.getFirst().pos())
                .isBetween(5L * SECOND + SECOND / 2, 5L * SECOND + SECOND / 2 + 3 * FRAME);
    }

    @Test
    void aSourceBeginsWhenItIsTold() {
        mix(ALWAYS);
        Source tone = tone(0.25, false);
        put("late", new Source(tone.input(), tone.settings(), new Source.Start.After(Duration.ofSeconds(2)), null));
        assertThat(booth.answer(booth.channel.mix()).sources().getFirst().state())
                .isEqualTo(MixStatus.State.WAITING);
        booth.clock.advance(Duration.ofMillis(1_900));
        assertThat(audio()).isEmpty();
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(audio()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStallWithinTheLeadIsMadeUpInOneTickAndMovesNothing(boolean mixed) {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(speech, 9_600),
                ChannelSettings.conversation().withLead(Duration.ofMillis(200)));
        stallTest(ahead, mixed, Duration.ofMillis(150));
        assertThat(ahead.stats.stalls).isZero();
        assertThat(ahead.output.all(TimelineMoved.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongStallMovesTheTimelineAndLosesNoSpeech(boolean mixed) {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(speech, 9_600),
                ChannelSettings.conversation().withLead(Duration.ofMillis(200)));
        stallTest(ahead, mixed, Duration.ofSeconds(2));
        assertThat(ahead.stats.stalls).isEqualTo(1);
        assertThat(ahead.output.all(TimelineMoved.class)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void utterancesWithSilenceBetweenThemAreNoStall(boolean mixed) {
        mix(mixed ? ALWAYS : PLAIN);
        for (int i = 0; i < 3; i++) {
            booth.speak("one");
            booth.clock.advance(Duration.ofSeconds(8));
        }
        booth.speak("one more");
        booth.clock.advance(Duration.ofSeconds(1));
        var _ = booth.clear(Clear.all("enough"));
        booth.speak("the last");
        booth.clock.advance(Duration.ofSeconds(8));
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(5);
        assertThat(booth.stats.stalls).isZero();
    }

    @Test
    void howLoudEachSourceIsIsToldAsLongAsItIsThere() {
        mix(PLAIN);
        put("bed", tone(0.25, false));
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
        var late = new SourceBuffer(SourceBuffer.Bounds.LIVE, () -> {});
        float[] packet = new float[2_400];
        packet[500] = Float.NaN;
        var _ = late.write(packet, 0, packet.length);
        float[] loud = new float[SECOND];
        Arrays.fill(loud, 0.9f);
        Sound sound = Sound.of(loud);
        put("late", Source.now(() -> late, SourceSettings.UNITY));
        put("loud", Source.now(sound::once, SourceSettings.UNITY));
        put("louder", Source.now(sound::once, SourceSettings.UNITY));
        booth.clock.advance(Duration.ofSeconds(3));
        booth.answer(booth.channel.remove("late"));
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.answer(booth.channel.mix()).on()).isFalse();
        assertThat(booth.stats.mixes.shortages()).isEqualTo(1);
        assertThat(booth.stats.mixes.faultySamples()).isEqualTo(1);
        assertThat(booth.stats.mixes.limitedFrames()).isBetween(50L, 90L); // a second, and until the gain is let go
    }

    private void stallTest(Booth ahead, boolean mixed, Duration stall) {
        if (mixed) {
            ahead.answer(ahead.channel.mix(ALWAYS));
        }
        ahead.speak("one");
        ahead.clock.advance(Duration.ofSeconds(2));
        int before = ahead.output.frames();
        ahead.clock.pause(stall);
        ahead.clock.settle();
        assertThat(ahead.output.frames() - before).isBetween(7, 11); // the lead and one at most
        ahead.clock.advance(Duration.ofSeconds(6));
        long delay = mixed ? Mixer.DELAY_SAMPLES : 0;
        short[] heard = samples(ahead.output.all(Audio.class));
        assertThat(Arrays.mismatch(heard, (int) delay, (int) delay + 5 * SECOND, shorts(speech), 0, 5 * SECOND))
                .isEqualTo(-1);
        List<Audio> all = ahead.output.all(Audio.class);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).pos()).isEqualTo(all.get(i - 1).pos() + FRAME);
        }
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
        quietly.answer(quietly.channel.mix(new MixSettings(DuckSettings.DEFAULT, -19.0, true)));
        quietly.speak("one");
        quietly.clock.advance(Duration.ofSeconds(21));
        short[] heard = samples(quietly.output.all(Audio.class));
        var meter = new dev.stentor.mix.LoudnessMeter();
        float[] end = new float[4 * SECOND];
        for (int i = 0; i < end.length; i++) {
            end[i] = heard[heard.length - 5 * SECOND + i] / 32_768f;
        }
        meter.add(end, 0, end.length);
        assertThat(meter.integratedLufs()).isBetween(-20.0, -18.0);
        assertThat(quietly.answer(quietly.channel.mix()).voiceGainDb()).isBetween(5.0, 12.0);
    }
}
