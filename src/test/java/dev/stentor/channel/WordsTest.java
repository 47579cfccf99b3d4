package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.mix.Mixer;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpokenWord;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Words of which an engine tells when they are spoken. */
class WordsTest {

    private static final String TEXT = "First one. Second.";
    private static final SegmentMark FIRST = new SegmentMark(0, 2, 0, 10, 0, List.of(new SpokenWord(0, 5, 600, 9_000)));
    private static final SegmentMark REST = FIRST.with(List.of(new SpokenWord(6, 9, 12_000, 20_000)));
    private static final SegmentMark SECOND =
            new SegmentMark(1, 2, 11, 18, 24_000, List.of(new SpokenWord(11, 17, 1_200, 18_000)));

    private static final WordsSpoken LAST = new WordsSpoken("u1", 25_200, List.of(new TimedWord(11, 17, 0, 16_800)));

    private final ScriptedEngine sound = ScriptedEngine.speaking(Signals.selfIndexing(48_000), 9_600);

    @Test
    void wordsAreToldOnceTogetherWithThoseBehindThemInTheirSegment() {
        Booth booth = new Booth(this::inWords);
        booth.speak(TEXT);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(WordsSpoken.class))
                .containsExactly(
                        new WordsSpoken(
                                "u1", 600, List.of(new TimedWord(0, 5, 0, 8_400), new TimedWord(6, 9, 11_400, 19_400))),
                        LAST);
    }

    @Test
    void wordsThatAreKnownLaterAreToldByThemselves() {
        var track = new TextTrack(new GrowingText(TEXT));
        var released = new ReleasedAudio("u1", true, track, List.of());
        var frames = new FrameCutter(new SoundBlocks());
        var _ = frames.add(ByteBuffer.wrap(Signals.selfIndexing(24_000)));
        track.add(FIRST);
        List<WordsSpoken> told = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            if (n == 20) {
                track.add(REST);
            }
            FrameCutter.Frame frame = frames.next();
            told.addAll(released.wordsOf(frame, n * 480L));
            released.add(frame.samples(), n * 480L);
        }
        assertThat(told)
                .containsExactly(
                        new WordsSpoken("u1", 600, List.of(new TimedWord(0, 5, 0, 8_400))),
                        new WordsSpoken("u1", 12_000, List.of(new TimedWord(6, 9, 0, 8_000))));
    }

    @Test
    void wordsComeBehindTheirCaptionAndBeforeTheFrameThatHoldsThem() {
        Booth booth = new Booth(this::inWords);
        booth.speak(TEXT);
        booth.clock.advance(Duration.ofSeconds(3));
        List<ChannelEvent> events = booth.output.events;
        int at = events.indexOf(LAST);
        Audio next = events.subList(at, events.size()).stream()
                .filter(Audio.class::isInstance)
                .map(Audio.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(next.pos()).isBetween(25_200L - 479, 25_200L);
        assertThat(events.subList(0, at).stream().filter(Caption.class::isInstance))
                .hasSize(2);
    }

    @Test
    void aMarkInAWordOfItsOwnTextIsExact() {
        Booth booth = new Booth(this::inWords);
        speak(booth, mark("quiet", 5), mark("one", 6), mark("inside", 8), mark("stop", 9), mark("end", 18));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(MarkReached.class))
                .containsExactly(
                        new MarkReached("u1", "quiet", 12_000, false),
                        new MarkReached("u1", "one", 12_000, false),
                        new MarkReached("u1", "inside", 17_333, true),
                        new MarkReached("u1", "stop", 24_000, false),
                        new MarkReached("u1", "end", 48_000, false));
    }

    @Test
    void whatWasHeardEndsBehindTheLastWholeWord() {
        Booth booth = new Booth(this::inWords);
        booth.speak(TEXT);
        booth.clock.advance(Duration.ofMillis(900));
        Utterance heard = booth.utterance("u1");
        assertThat(heard.heard(0)).isEqualTo(new Utterance.Heard(0, 0, false));
        assertThat(heard.heard(8_999)).isEqualTo(new Utterance.Heard(8_999, 0, false));
        assertThat(heard.heard(9_000)).isEqualTo(new Utterance.Heard(9_000, 5, false));
        assertThat(heard.heard(20_000)).isEqualTo(new Utterance.Heard(20_000, 9, false));
        assertThat(heard.heard(24_000)).isEqualTo(new Utterance.Heard(24_000, 11, false));
        assertThat(heard.heard(47_000)).isEqualTo(new Utterance.Heard(47_000, 17, false));
    }

    @Test
    void whatIsSpokenAgainIsToldAgain() {
        Booth booth = new Booth(this::inWords);
        booth.speak(TEXT);
        booth.speak(TEXT);
        booth.clock.advance(Duration.ofMillis(1_950)); // within the lead of the second
        booth.clear(ClearRequest.current("cancel"));
        booth.clock.advance(Duration.ofSeconds(3));
        List<WordsSpoken> second = booth.output.all(WordsSpoken.class).stream()
                .filter(words -> words.id().equals("u2"))
                .toList();
        assertThat(second).hasSize(3);
        assertThat(second.get(1).words()).isEqualTo(second.getFirst().words());
        assertThat(second.get(1).pos()).isGreaterThan(second.getFirst().pos());
    }

    @Test
    void inAMixWordsAreLaterByItsDelayAsTheSpeechIs() {
        Booth booth = new Booth(this::inWords);
        booth.mix(Mixed.ALWAYS);
        booth.speak(TEXT);
        booth.clock.advance(Duration.ofSeconds(4));
        long began =
                booth.output.all(ChannelEvent.UtteranceStarted.class).getFirst().pos();
        assertThat(booth.output.all(WordsSpoken.class))
                .extracting(words -> words.pos() - began)
                .containsExactly(600L, 25_200L);
        assertThat(began % SpeechTime.FRAME_SAMPLES).isEqualTo(Mixer.DELAY_SAMPLES);
    }

    @Test
    void behindAHoleTheWordsThatAreLeftAreToldAgain() {
        var track = new TextTrack(new GrowingText(TEXT));
        track.add(FIRST.and(REST));
        var released = new ReleasedAudio("u1", true, track, List.of());
        var frames = new FrameCutter(new SoundBlocks());
        var _ = frames.add(ByteBuffer.wrap(Signals.selfIndexing(24_000)));
        List<WordsSpoken> told = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            long at = n * 480L + (n < 10 ? 0 : 48_000);
            FrameCutter.Frame frame = frames.next();
            told.addAll(released.wordsOf(frame, at));
            released.add(frame.samples(), at);
        }
        assertThat(told).hasSize(2);
        assertThat(told.getLast()).isEqualTo(new WordsSpoken("u1", 60_000, List.of(new TimedWord(6, 9, 0, 8_000))));
    }

    private Speech inWords(SpeechRequest request) {
        return sound.speak(request).withMarks(Flux.just(FIRST, REST, SECOND));
    }

    private static TextMark mark(String id, int at) {
        return new TextMark(id, at);
    }

    private static void speak(Booth booth, TextMark... marks) {
        var _ = booth.answer(booth.channel.speak(
                new UtteranceRequest(SpeechRequest.of(TEXT), Mode.ENQUEUE, null, null, false, List.of(marks))));
    }
}
