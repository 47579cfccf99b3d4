package dev.stentor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {

    private static final SegmentLimits TIGHT = new SegmentLimits(2, 4, 12, 16, 20, 40);

    private static List<SettledSegment> whole(SegmentLimits limits, String text) {
        var stream = new TextStream(limits);
        var all = new ArrayList<>(stream.add(text));
        all.addAll(stream.end());
        return all;
    }

    private static List<String> texts(List<SettledSegment> settled) {
        return settled.stream().map(part -> part.segment().text()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.stentor.text.SegmenterTest#corpus")
    void splitsWhereTheSegmenterDoes(String text, List<String> expected) {
        assertThat(texts(whole(SegmentLimits.SENTENCES, text))).containsExactlyElementsOf(expected);
    }

    @Test
    void theLastSentenceIsOpenUntilOtherTextFollows() {
        var stream = new TextStream(SegmentLimits.SENTENCES);
        assertThat(stream.add("This is the first sentence of all.")).isEmpty();
        assertThat(stream.add("  ")).isEmpty();
        assertThat(texts(stream.add("T"))).containsExactly("This is the first sentence of all.");
        assertThat(stream.add("he second costs 3.")).isEmpty();
        assertThat(stream.add("50 dollars, as Dr.")).isEmpty();
        assertThat(stream.add(" Smith says.")).isEmpty();
        assertThat(texts(stream.end())).containsExactly("The second costs 3.50 dollars, as Dr. Smith says.");
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void aLineEndSettlesWhatIsBeforeIt() {
        var stream = new TextStream(SegmentLimits.SENTENCES);
        assertThat(texts(stream.add("Yes\n"))).containsExactly("Yes");
        assertThat(stream.add("\r\n \n")).isEmpty();
    }

    @Test
    void theFirstClauseDoesNotWaitForItsSentence() {
        var stream = new TextStream(SegmentLimits.SENTENCES);
        assertThat(stream.add("Ladies and gentlemen of the jury, let us see what "))
                .isEmpty();
        assertThat(texts(stream.add("there is to"))).containsExactly("Ladies and gentlemen of the jury,");
        assertThat(stream.add(" be done, now or later, by whoever has the time for it,"))
                .as("later ones do")
                .isEmpty();
    }

    @Test
    void aFlushGivesOutWhatIsThereAndTheTextGoesOn() {
        var stream = new TextStream(SegmentLimits.SENTENCES);
        assertThat(stream.add("Hello there.")).isEmpty();
        assertThat(texts(stream.flush())).containsExactly("Hello there.");
        assertThat(stream.flush()).isEmpty();
        assertThat(stream.add(" And more")).isEmpty();
        List<SettledSegment> rest = stream.end();
        assertThat(texts(rest)).containsExactly("And more");
        assertThat(rest.getFirst().segment().from()).isEqualTo(13);
        assertThat(rest.getFirst().before()).isEqualTo(Border.SENTENCE);
    }

    @Test
    void halfASurrogatePairWaitsForTheOtherHalf() {
        var stream = new TextStream(SegmentLimits.SENTENCES);
        assertThat(stream.add("so \ud83d")).isEmpty();
        assertThat(stream.endsInWord()).isTrue();
        assertThat(texts(stream.flush())).containsExactly("so");
        assertThat(stream.add("\ude00")).isEmpty();
        assertThat(stream.endsInWord()).isFalse();
        assertThat(texts(stream.add("\ud83d"))).isEmpty();
        assertThat(texts(stream.end())).as("one that stays alone is not lost").containsExactly("😀\ud83d");
    }

    @Test
    void knowsWhereAWordMayGoOn() {
        assertThat(afterAdding("inter").endsInWord()).isTrue();
        assertThat(afterAdding("inter ").endsInWord()).isFalse();
        assertThat(afterAdding("over.").endsInWord()).isFalse();
        assertThat(afterAdding("你好").endsInWord()).isFalse();
        assertThat(afterAdding("").endsInWord()).isFalse();
    }

    @Test
    void saysWhatLiesBetweenTwoSegments() {
        List<SettledSegment> parts = whole(
                new SegmentLimits(2, 2, 4, 4, 6, 40),
                "One, two. “Three and four.” Five and six, seven\n\neight\nandaverylongwordwithoutanend");
        assertThat(parts.getFirst().before()).isEqualTo(Border.NONE);
        assertThat(parts)
                .extracting(part -> part.segment().text() + "|" + part.before())
                .contains("“Three and|SENTENCE", "Five and six,|SENTENCE", "seven|CLAUSE", "eight|PARAGRAPH");
        assertThat(parts.getLast().before()).as("cut within a word").isEqualTo(Border.NONE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void howATextIsCutIntoPiecesMakesNoDifference(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 400; i++) {
            String text = SegmenterTest.randomText(random) + SegmenterTest.randomText(random);
            SegmentLimits limits = random.nextBoolean() ? TIGHT : SegmentLimits.SENTENCES;
            var stream = new TextStream(limits);
            var pieces = new ArrayList<SettledSegment>();
            int longest = 1 + random.nextInt(40);
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + random.nextInt(longest + 1));
                pieces.addAll(stream.add(text.substring(from, to)));
                from = to;
            }
            pieces.addAll(stream.end());
            assertThat(pieces).isEqualTo(whole(limits, text));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostAndNothingIsOverTheLimitEvenIfFlushedAnywhere(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 400; i++) {
            String text = SegmenterTest.randomText(random);
            SegmentLimits limits = random.nextBoolean() ? TIGHT : SegmentLimits.SENTENCES;
            var stream = new TextStream(limits);
            var parts = new ArrayList<SettledSegment>();
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + random.nextInt(60));
                parts.addAll(stream.add(text.substring(from, to)));
                if (random.nextInt(4) == 0) {
                    parts.addAll(stream.flush());
                }
                from = to;
            }
            parts.addAll(stream.end());
            var joined = new StringBuilder();
            int end = 0;
            for (SettledSegment part : parts) {
                Segment segment = part.segment();
                assertThat(segment.from()).isGreaterThanOrEqualTo(end);
                assertThat(segment.text().length()).isLessThanOrEqualTo(limits.maxCharacters());
                assertThat(new MeasuredText(segment.text())
                                .units(0, segment.text().length()))
                        .isLessThanOrEqualTo(limits.hardUnits());
                assertThat(text.substring(segment.from(), segment.to())).isEqualTo(segment.text());
                assertThat(SegmenterTest.splitsPair(text, segment.from())
                                || SegmenterTest.splitsPair(text, segment.to()))
                        .isFalse();
                joined.append(segment.text());
                end = segment.to();
            }
            assertThat(SegmenterTest.withoutBlanks(joined.toString())).isEqualTo(SegmenterTest.withoutBlanks(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", " ", "的", "的，", "...", "a. ", "a.", "1,", "e\u0301", "\n", "\ud800", "(“a”) "})
    void aQuarterOfAMillionCharactersTakesLinearTime(String piece) {
        String text = piece.repeat((1 << 18) / piece.length());
        // Generous: it takes well under 1 s; anything quadratic takes minutes.
        assertTimeout(Duration.ofSeconds(20), () -> {
            List<SettledSegment> atOnce = whole(SegmentLimits.SENTENCES, text);
            var stream = new TextStream(SegmentLimits.SENTENCES);
            var one = new ArrayList<SettledSegment>();
            for (int i = 0; i < text.length(); i++) {
                one.addAll(stream.add(text.substring(i, i + 1)));
            }
            one.addAll(stream.end());
            assertThat(one).isEqualTo(atOnce);
        });
    }

    private static TextStream afterAdding(String text) {
        var stream = new TextStream(SegmentLimits.SENTENCES);
        assertThat(stream.add(text)).isEmpty();
        return stream;
    }
}
