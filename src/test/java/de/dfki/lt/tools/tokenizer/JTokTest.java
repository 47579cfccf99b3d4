package de.dfki.lt.tools.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import de.dfki.lt.tools.tokenizer.annotate.AnnotatedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JTokTest {

    /** Reads the way that MaryTTS does: run after run; "|" before a sentence, "¶" before a paragraph. */
    private static List<String> tokens(String text) {
        AnnotatedString read = new JTok(new Properties()).tokenize(text, "en");
        var tokens = new ArrayList<String>();
        char at = read.setIndex(0);
        while (at != AnnotatedString.DONE) {
            int limit = read.getRunLimit(JTok.CLASS_ANNO);
            if (read.getAnnotation(JTok.CLASS_ANNO) != null) {
                Object border = read.getAnnotation(JTok.BORDER_ANNO);
                String mark = border == null ? "" : JTok.P_BORDER.equals(border) ? "¶" : "|";
                tokens.add(mark + read.substring(read.getRunStart(JTok.CLASS_ANNO), limit));
            }
            at = read.setIndex(limit);
        }
        return tokens;
    }

    @Test
    void wordsAndSignsWithoutABlankBetweenThemStayTwo() {
        assertThat(tokens("I love it! Don't you?")).containsExactly("¶I", "love", "it", "!", "|Don't", "you", "?");
        assertThat(tokens("(hm)")).containsExactly("¶(", "hm", ")");
    }

    @Test
    void numbersKeepTheirPoints() {
        assertThat(tokens("On the 3rd at 10:30 it was 1,234.5 or 20%."))
                .containsExactly("¶On", "the", "3rd", "at", "10:30", "it", "was", "1,234.5", "or", "20%", ".");
        assertThat(tokens("1".repeat(40))).containsExactly("¶" + "1".repeat(15), "1".repeat(15), "1".repeat(10));
    }

    @Test
    void abbreviationsKeepTheirDotAndEndNoSentence() {
        assertThat(tokens("Dr. Hu of St. Ives, e.g. in the U.S. today"))
                .containsExactly("¶Dr.", "Hu", "of", "St.", "Ives", ",", "e.g.", "in", "the", "U.S.", "today");
        assertThat(tokens("No. 5? No. Never.")).containsExactly("¶No.", "5", "?", "|No", ".", "|Never", ".");
    }

    @Test
    void initialsAndHyphensArePassedOver() {
        assertThat(tokens("J. K. Hu is well-known")).containsExactly("¶J", "K", "Hu", "is", "well", "known");
        assertThat(tokens("5-3")).containsExactly("¶5", "-", "3");
    }

    @Test
    void aClosingQuoteBelongsToTheSentenceBefore() {
        assertThat(tokens("“Go.” He went…")).containsExactly("¶“", "Go", ".", "”", "|He", "went", "…");
        assertThat(tokens("What?! Yes")).containsExactly("¶What", "?", "!", "|Yes");
    }

    @Test
    void theParagraphMarkIsTheLiteralThatMaryTtsComparesByIdentity() {
        AnnotatedString read = new JTok(new Properties()).tokenize("Go", "en");
        read.setIndex(0);
        assertThat(read.getAnnotation("border")).isSameAs("p");
    }

    @Test
    void aTextWithoutAnythingHasNoTokens() {
        assertThat(tokens("")).isEmpty();
        assertThat(tokens(" \t ")).isEmpty();
    }

    @Test
    void noWordIsLongerThanMaryTtsReads() {
        assertThat(tokens("a".repeat(300) + " b"))
                .hasSize(5)
                .allSatisfy(token -> assertThat(token).hasSizeLessThan(100));
    }
}
