package dev.stentor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {

    private static final SegmentLimits TIGHT = new SegmentLimits(2, 4, 12, 16, 20, 40);

    private static List<String> split(SegmentLimits limits, String text) {
        return new Segmenter(limits).segments(text).stream().map(Segment::text).toList();
    }

    static Stream<Arguments> corpus() {
        return Stream.of(
                Arguments.of(
                        "Today is a wonderful day to build something people love!",
                        List.of("Today is a wonderful day to build something people love!")),
                Arguments.of(
                        "The first sentence is here. The second one follows. Done.",
                        List.of("The first sentence is here.", "The second one follows.", "Done.")),
                Arguments.of(
                        "Dr. Smith and Mrs. Jones met J. K. Rowling on Jan. 5 in St. Ives.",
                        List.of("Dr. Smith and Mrs. Jones met J. K. Rowling on Jan. 5 in St. Ives.")),
                Arguments.of(
                        "See e.g. Berlin and No. 5 for details. Then ask if it was no. Nobody said so then.",
                        List.of(
                                "See e.g. Berlin and No. 5 for details.",
                                "Then ask if it was no.",
                                "Nobody said so then.")),
                Arguments.of(
                        "Version 1.2.3 costs 3.50 dollars. See https://example.com/a.b?Q=1 for more of it.",
                        List.of(
                                "Version 1.2.3 costs 3.50 dollars.",
                                "See https://example.com/a.b?Q=1 for more of it.")),
                Arguments.of(
                        "A line without a stop\nand another one below\r\n\r\nand a third after a gap",
                        List.of("A line without a stop", "and another one below", "and a third after a gap")),
                Arguments.of("One\nTwo", List.of("One", "Two")),
                Arguments.of(
                        "Well then, my friends, let us see what there is to be done about it.",
                        List.of("Well then, my friends, let us see what there is to be done about it.")),
                Arguments.of(
                        "Ladies and gentlemen, let us see what there is to be done about it.",
                        List.of("Ladies and gentlemen, let us see what there is to be done about it.")),
                Arguments.of(
                        "Ladies and gentlemen of the jury, let us see what there is to be done.",
                        List.of("Ladies and gentlemen of the jury,", "let us see what there is to be done.")),
                Arguments.of(
                        "So it is. Yes. No. Maybe. That is all that I can say about it today.",
                        List.of("So it is. Yes. No. Maybe.", "That is all that I can say about it today.")),
                Arguments.of("今天天气很好，我们一起去公园散步吧。他说：“没问题。”然后就走了出去！", List.of("今天天气很好，我们一起去公园散步吧。", "他说：“没问题。”然后就走了出去！")),
                Arguments.of("今天的天气真的非常好啊，我们一起去公园散步吧。明天也会是晴天吗？", List.of("今天的天气真的非常好啊，", "我们一起去公园散步吧。", "明天也会是晴天吗？")),
                Arguments.of(
                        "Hello there, 世界 👩‍👩‍👧 is full of people, isn't it so?",
                        List.of("Hello there, 世界 👩‍👩‍👧 is full of people, isn't it so?")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void splitsWhereASpeakerWouldBreathe(String text, List<String> expected) {
        assertThat(split(SegmentLimits.SENTENCES, text)).containsExactlyElementsOf(expected);
    }

    @Test
    void segmentsOfOneSentenceAreJoinedAgain() {
        var eager = new Segmenter(new SegmentLimits(2, 8, 24, 48, 80, 100));
        String text = "Well, let us see what there is. Yes. No. Let us look at it again.\nA line, without a stop\n"
                + "And another one: " + "on and on, ".repeat(20);
        List<Segment> segments = eager.segments(text);
        List<Segment> sentences = eager.sentences(text, segments);
        assertThat(segments).hasSizeGreaterThan(sentences.size());
        assertThat(sentences)
                .extracting(Segment::text)
                .startsWith(
                        "Well, let us see what there is.",
                        "Yes. No. Let us look at it again.",
                        "A line, without a stop");
        assertThat(sentences).as("a sentence without an end stays in parts").hasSizeGreaterThan(5);
        assertThat(sentences).allSatisfy(sentence -> {
            assertThat(sentence.text()).isEqualTo(text.substring(sentence.from(), sentence.to()));
            assertThat(sentence.text()).hasSizeLessThanOrEqualTo(100);
        });
        assertThat(eager.sentences(text, List.of())).isEmpty();
        assertThat(eager.sentences(text, segments.subList(2, 3))).isEqualTo(segments.subList(2, 3));
    }

    @Test
    void theFirstSegmentIsShortAndLaterOnesAreNot() {
        var eager = new SegmentLimits(2, 8, 24, 48, 80, 300);
        assertThat(split(eager, "Well, let us see what there is. Well, let us see what there is."))
                .containsExactly("Well,", "let us see what there is.", "Well, let us see what there is.");
        assertThat(split(eager, "Hello! And a good morning to all of you."))
                .containsExactly("Hello!", "And a good morning to all of you.");
        assertThat(split(eager, "Good morning, everyone."))
                .as("what remained would be too short")
                .containsExactly("Good morning, everyone.");
    }

    @Test
    void segmentsDoubleInSizeUpToTheLimit() {
        var growing = new SegmentLimits(2, 4, 64, 64, 64, 300, 8);
        String sentence = "Twenty characters ok.\n"; // 8.4 units
        List<Segment> segments = new Segmenter(growing).segments(sentence.repeat(40));
        assertThat(segments.stream().map(Segment::text).map(String::length))
                .as("1, 1, 1, 3, 7, 7 lines: 8 units, then 8, 16, 32, 64, 64")
                .startsWith(21, 21, 21, 65, 153, 153);
        assertThat(segments)
                .allSatisfy(segment -> assertThat(new MeasuredText(segment.text())
                                .units(0, segment.text().length()))
                        .isLessThanOrEqualTo(64));
    }

    @Test
    void aGrowingTextBeginsWithAClauseAndGoesOnInSentences() {
        String text =
                "Ladies and gentlemen of the jury, let us see what there is to be done. " + "It is late. ".repeat(40);
        List<String> segments = split(SegmentLimits.growing(240, 600), text);
        assertThat(segments.getFirst()).isEqualTo("Ladies and gentlemen of the jury,");
        assertThat(segments.get(1))
                .startsWith("let us see")
                .endsWith("It is late.")
                .hasSizeLessThanOrEqualTo(150);
        assertThat(segments.get(2)).hasSizeBetween(280, 300);
        assertThat(String.join(" ", segments)).isEqualTo(text.strip());
    }

    @Test
    void longSentencesAreCutAtTheBestPlaceThatFits() {
        assertThat(split(TIGHT, "It was a long day; we walked, and then, at the end, we all slept under trees."))
                .containsExactly("It was a long day;", "we walked, and then, at the end,", "we all slept under trees.");
        assertThat(split(TIGHT, "words without any mark that go on and on and on until nobody can say them"))
                .allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(40))
                .allSatisfy(part -> assertThat(
                                "words without any mark that go on and on and on until nobody can say them".split(" "))
                        .contains(part.split(" ")));
    }

    @Test
    void numbersAndAddressesStayWhole() {
        String text =
                "between 1,234,567.89 and 10:30:15 at https://example.com/a,b;c:d?e=f there are 20,000 more of them, 3，000";
        assertThat(String.join("|", split(TIGHT, text)))
                .contains("1,234,567.89", "10:30:15", "https://example.com/a,b;c:d?e=f", "20,000", "3，000");
    }

    @Test
    void whatPeopleSeeAsOneCharacterStaysWhole() {
        String accented = "e\u0301".repeat(100);
        assertThat(split(TIGHT, accented))
                .allSatisfy(part -> assertThat(part).startsWith("e").endsWith("\u0301"));
        String family = "👩‍👩‍👧";
        assertThat(split(TIGHT, family.repeat(30)))
                .allSatisfy(part -> assertThat(part.length() % family.length()).isZero());
    }

    @Test
    void offsetsPointIntoTheText() {
        String text = "  First one here.\t\n\n  Second one, with more words in it, follows it.  ";
        assertThat(new Segmenter(TIGHT).segments(text))
                .hasSizeGreaterThan(2)
                .allSatisfy(segment ->
                        assertThat(text.substring(segment.from(), segment.to())).isEqualTo(segment.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\r\n", "\u00a0\u3000\t"})
    void aBlankTextHasNoSegments(String text) {
        assertThat(new Segmenter(TIGHT).segments(text)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostAndNothingIsOverTheLimit(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 500; i++) {
            String text = randomText(random);
            SegmentLimits limits = List.of(TIGHT, SegmentLimits.SENTENCES, SegmentLimits.growing(30, 50))
                    .get(random.nextInt(3));
            List<Segment> segments = new Segmenter(limits).segments(text);
            var joined = new StringBuilder();
            int end = 0;
            for (Segment segment : segments) {
                assertThat(segment.from()).isGreaterThanOrEqualTo(end);
                assertThat(segment.text().length()).isLessThanOrEqualTo(limits.maxCharacters());
                assertThat(new MeasuredText(segment.text())
                                .units(0, segment.text().length()))
                        .isLessThanOrEqualTo(limits.hardUnits());
                assertThat(text.substring(segment.from(), segment.to())).isEqualTo(segment.text());
                assertThat(splitsPair(text, segment.from()) || splitsPair(text, segment.to()))
                        .isFalse();
                joined.append(segment.text());
                end = segment.to();
            }
            assertThat(withoutBlanks(joined.toString())).isEqualTo(withoutBlanks(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "a ", "的", "的，", "...", "\"", "a, ", "1,", "1", "Dr. ", "e\u0301", "\u0301", "👩‍", "🇩",
                "http://", "A.", "\n", "……", "\ud800"
            })
    void halfAMillionCharactersTakeLinearTime(String piece) {
        int size = 1 << 19;
        String text = piece.repeat(size / piece.length());
        // Generous: it takes well under 1 s; anything quadratic takes a minute.
        assertTimeout(Duration.ofSeconds(20), () -> {
            assertThat(new Segmenter(SegmentLimits.SENTENCES).segments(text)).hasSizeLessThan(size + 1);
            assertThat(new Segmenter(SegmentLimits.growing(240, 600)).segments(text))
                    .hasSizeLessThan(size + 1);
        });
    }

    static String randomText(RandomGenerator random) {
        String alphabet = "ab eZ.,;:!? \n\"'()“”（）。，；：！？…—0123 \t\u3000\u0301\u200d的中文字ひカ한é";
        var text = new StringBuilder();
        int length = random.nextInt(400);
        while (text.length() < length) {
            switch (random.nextInt(20)) {
                case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 1 -> text.append("👩‍👩‍👧");
                case 2 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
                case 3 -> text.append("https://a.b/c?d=e,f ");
                default -> text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
        }
        return text.toString();
    }

    static boolean splitsPair(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    static String withoutBlanks(String text) {
        var kept = new StringBuilder();
        text.chars().filter(c -> !Letters.isBlank(c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }
}
