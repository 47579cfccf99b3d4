package dev.stentor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that rise in size. */
class RampTest {

    private static final SegmentLimits LIMITS = new SegmentLimits(2, 8, 40, 48, 64, 300);

    private static final List<String> PARTS =
            List.of("word ", "another one ", "and so on, ", "then; ", "the end. ", "天气很好，", "我们走吧。", "3,500 ", "\n");

    private final Segmenter plain = new Segmenter(LIMITS);
    private final Segmenter rising = plain.rising(2);

    @Test
    void aLongSentenceBehindAShortClauseComesInClauses() {
        String text =
                "Good morning, everybody who came here by the early train today, and also those who walked, and all others.";
        assertThat(texts(plain, text)).hasSize(2);
        assertThat(texts(rising, text))
                .containsExactly(
                        "Good morning,",
                        "everybody who came here by the early train today,",
                        "and also those who walked, and all others.");
    }

    @Test
    void aLongClauseBehindAShortOpeningComesInPhrases() {
        assertThat(texts(
                        rising,
                        "Yes. The committee that had been appointed in the spring to examine the accounts of the harbour finally "
                                + "published its report on the bridge. Nobody had expected that."))
                .containsExactly(
                        "Yes.",
                        "The committee that had been appointed",
                        "in the spring to examine the accounts of the harbour finally published its report on the bridge.",
                        "Nobody had expected that.");
    }

    @Test
    void aClauseStaysWholeWhereNoPhraseBegins() {
        String text =
                "Hello there. This is one sentence which-goes for-ever lacking any sign inside it whatsoever today.";
        assertThat(texts(rising, text)).isEqualTo(texts(plain, text)).hasSize(2);
        String chinese = "你好。这个在春天被任命去检查港口账目的委员会终于发表了它关于那座大桥的报告。";
        assertThat(texts(rising, chinese)).isEqualTo(texts(plain, chinese)).hasSize(2);
    }

    @Test
    void aClauseThatIsNotMuchTooLargeIsNotCutIntoPhrases() {
        assertThat(texts(rising, "Yes. The committee has met in the spring. It was short."))
                .contains("The committee has met in the spring.");
    }

    @Test
    void aClauseThatIsSmallEnoughIsPreferredAndElseTheFirstOneIs() {
        assertThat(texts(
                        rising,
                        "One, two and three and four of them, five and six and seven, eight and nine and ten of them."))
                .startsWith(
                        "One, two and three and four of them,",
                        "five and six and seven, eight and nine and ten of them.");
    }

    @Test
    void laterSentencesStayWhole() {
        String text =
                "The first sentence is long enough for all that comes. The second one, which has clauses, stays whole.";
        assertThat(texts(rising, text)).endsWith("The second one, which has clauses, stays whole.");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostAndOnlySegmentsThatAreTooLargeAreCut(long seed) {
        RandomGenerator random = new Random(seed);
        for (int n = 0; n < 200; n++) {
            String text = random.ints(1 + random.nextInt(40), 0, PARTS.size())
                    .mapToObj(PARTS::get)
                    .collect(Collectors.joining());
            List<Segment> segments = rising.segments(text);
            assertThat(segments.stream()
                            .map(Segment::text)
                            .collect(Collectors.joining())
                            .replaceAll("\\s", ""))
                    .isEqualTo(text.replaceAll("\\s", ""));
            int at = 0;
            for (Segment segment : segments) {
                assertThat(segment.from()).isGreaterThanOrEqualTo(at);
                assertThat(text.substring(segment.from(), segment.to())).isEqualTo(segment.text());
                at = segment.to();
            }
            for (Segment segment : plain.segments(text)) {
                assertThat(segments).anyMatch(part -> part.from() == segment.from());
                assertThat(segments).anyMatch(part -> part.to() == segment.to());
            }
        }
    }

    private static List<String> texts(Segmenter segmenter, String text) {
        return segmenter.segments(text).stream().map(Segment::text).toList();
    }
}
