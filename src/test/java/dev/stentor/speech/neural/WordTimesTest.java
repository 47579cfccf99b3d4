package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpokenWord;
import dev.stentor.speech.sentences.SentenceSound;
import dev.stentor.speech.sentences.SentenceVoice;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Words whose times are compared with the sound: in a tiny voice each letter is a tone of 50 ms, and all else is
 * silence. The real voice is heard a little before its frames, the tiny one is not. */
class WordTimesTest {

    private static final int LETTER = (int) SpeechTime.samples(50);
    private static final int LOUD = 3_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello there.",
                "  A  word, and another; the end",
                "one — two ... three!",
                "我们 wonderful 好 things 给大家.",
                "wonder",
            })
    void eachWordIsWhereItSounds(String sentence) throws Exception {
        SentenceSound spoken = voice(new TinyVoice(folder), 1).speak(sentence, false);
        ShortBuffer sound =
                spoken.samples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        List<String> words = spoken.words().stream()
                .map(word -> sentence.substring(word.from(), word.to()))
                .toList();
        assertThat(String.join("", words)).isEqualTo(sentence.replaceAll("\\P{L}", ""));
        for (SpokenWord word : spoken.words()) {
            long end = word.endSample() + SymbolTimes.EARLY;
            long first = end - (word.to() - word.from()) * (long) LETTER;
            assertThat(word.firstSample()).isBetween(Math.max(0, first - SymbolTimes.EARLY), first);
            assertThat(peak(sound, first, first + LETTER)).isGreaterThan(LOUD);
            assertThat(peak(sound, first - LETTER, first)).isLessThan(10);
            assertThat(peak(sound, end - LETTER, end)).isGreaterThan(LOUD);
            assertThat(peak(sound, end, end + LETTER)).isLessThan(10);
        }
    }

    @Test
    void aWordThatIsCutBetweenTwoCallsIsOne() throws Exception {
        String sentence = "a".repeat(700) + " b";
        List<SpokenWord> words =
                voice(new TinyVoice(folder), 1).speak(sentence, false).words();
        assertThat(words).extracting(SpokenWord::from).containsExactly(0, 701);
        assertThat(words.getFirst().endSample()).isGreaterThanOrEqualTo(700L * LETTER - SymbolTimes.EARLY);
        assertThat(words.getLast().firstSample()).isGreaterThan(words.getFirst().endSample());
    }

    @Test
    void aGraphThatDoesNotTellDurationsHasNoWords() throws Exception {
        assertThat(voice(new TinyVoice(folder, false), 1)
                        .speak("Hello there.", false)
                        .words())
                .isEmpty();
    }

    @Test
    void theWordsOfAllPartsOfASentenceAreToldWithItAndCountedFromIt() throws Exception {
        var tiny = new TinyVoice(folder);
        NeuralSettings settings = tiny.settings(NeuralSettings.WhenBusy.WAIT, 0);
        String text = "Well now, let us see what there is to be seen. The end.";
        try (NeuralEngine engine = NeuralEngine.start(
                settings, TinyVoice.fast(), Mono.empty(), () -> tiny.load(settings), Duration.ofMillis(1), () -> "r")) {
            StepVerifier.create(engine.decided()).expectComplete().verify(Duration.ofSeconds(30));
            tiny.asked.clear();
            var speech = engine.speak(SpeechRequest.of(text));
            speech.audio().blockLast(Duration.ofSeconds(30));
            assertThat(tiny.asked).as("segments").hasSize(3);
            List<SegmentMark> marks =
                    Objects.requireNonNull(speech.marks().collectList().block(Duration.ofSeconds(30)));
            assertThat(marks).extracting(SegmentMark::index).containsExactly(0, 0, 1);
            assertThat(marks.get(0).and(marks.get(1)).words())
                    .extracting(word -> text.substring(word.from(), word.to()))
                    .containsExactly("Well", "now", "let", "us", "see", "what", "there", "is", "to", "be", "seen");
            assertThat(marks.get(2).words())
                    .extracting(word -> text.substring(word.from(), word.to()))
                    .containsExactly("The", "end");
        }
    }

    private SentenceVoice voice(TinyVoice tiny, double speed) throws Exception {
        Rehearsed all = tiny.load(tiny.settings(NeuralSettings.WhenBusy.WAIT, 1));
        return all.narrator().voice(all.voices().of(null).orElseThrow(), null, speed);
    }

    private static int peak(ShortBuffer sound, long from, long to) {
        int peak = 0;
        for (int n = (int) Math.max(0, from); n < Math.min(sound.remaining(), to); n++) {
            peak = Math.max(peak, Math.abs(sound.get(n)));
        }
        return peak;
    }
}
