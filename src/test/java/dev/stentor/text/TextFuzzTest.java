package dev.stentor.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextFuzzTest {

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyTextIsCutIntoPiecesThatStandInIt() {
        var segmenter = new Segmenter(SegmentLimits.SENTENCES);
        Fuzz.rounds(random -> {
            String text = Fuzz.text(random, 3_000);
            int end = 0;
            for (Segment segment : segmenter.segments(text)) {
                assertThat(segment.from()).isGreaterThanOrEqualTo(end);
                assertThat(segment.to()).isGreaterThan(segment.from()).isLessThanOrEqualTo(text.length());
                assertThat(segment.text()).isEqualTo(text.substring(segment.from(), segment.to()));
                end = segment.to();
            }
        });
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTextThatComesInPiecesLosesNothingButBlanks() {
        Fuzz.rounds(random -> {
            String text = Fuzz.text(random, 2_000);
            var stream = new TextStream(SegmentLimits.SENTENCES);
            var settled = new ArrayList<SettledSegment>();
            int at = 0;
            while (at < text.length()) {
                int to = Math.min(text.length(), at + random.nextInt(1, 60));
                settled.addAll(stream.add(text.substring(at, to)));
                if (random.nextInt(10) == 0) {
                    settled.addAll(stream.flush());
                }
                at = to;
            }
            settled.addAll(stream.end());
            assertThat(visible(settled.stream().map(one -> one.segment().text()).toList()))
                    .isEqualTo(visible(List.of(text)));
        });
    }

    private static String visible(List<String> texts) {
        var all = new StringBuilder();
        texts.forEach(text -> text.codePoints()
                .filter(point -> !Letters.isBlank(point) && !Sentences.isLineEnd(point))
                .forEach(all::appendCodePoint));
        return all.toString();
    }
}
