package dev.stentor.speech.reading;

import static dev.stentor.speech.reading.LiveTexts.PAUSES;
import static dev.stentor.speech.reading.LiveTexts.bytes;
import static dev.stentor.speech.reading.LiveTexts.joined;
import static dev.stentor.speech.reading.LiveTexts.loud;
import static dev.stentor.speech.reading.LiveTexts.loudly;
import static dev.stentor.speech.reading.LiveTexts.silence;
import static dev.stentor.speech.reading.LiveTexts.speech;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.text.Border;
import dev.stentor.text.SettledSegment;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class LiveTextPausesTest {

    private static final List<Border> BORDERS = List.of(Border.values());

    @Test
    void thePauseAtABorderIsFilledUpWithZerosThatAreCounted() {
        var written = new WrittenText();
        written.write("one,", Border.NONE);
        written.write("two.", Border.CLAUSE);
        written.write("three", Border.SENTENCE);
        written.write("four", Border.PARAGRAPH);
        written.write("five", Border.NONE);
        written.end();
        Speech speech = speech(loudly(100), written);
        byte[] expected = joined(
                loud("one,", 100), silence(140), //
                loud("two.", 100), silence(380),
                loud("three", 100), silence(620),
                loud("four", 100), loud("five", 100));
        StepVerifier.create(speech.audio().collectList())
                .assertNext(sound -> assertThat(bytes(sound)).isEqualTo(expected))
                .verifyComplete();
        StepVerifier.create(speech.marks().map(SegmentMark::firstSample))
                .expectNext(0L, 280L, 800L, 1570L, 1710L)
                .verifyComplete();
        StepVerifier.create(speech.receipt())
                .assertNext(receipt -> assertThat(receipt.samples()).isEqualTo(expected.length / 2))
                .verifyComplete();
    }

    @Test
    void silenceThatTheEngineGaveIsNeverCut() {
        var written = new WrittenText();
        written.write("one.", Border.NONE);
        written.write("two.", Border.SENTENCE);
        written.end();
        StepVerifier.create(speech(loudly(5_000), written).audio().collectList())
                .assertNext(
                        sound -> assertThat(bytes(sound)).isEqualTo(joined(loud("one.", 5_000), loud("two.", 5_000))))
                .verifyComplete();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void atEveryBorderThereIsAtLeastThePauseAndEverySampleOfTheEngineIsThere(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 100; i++) {
            var written = new WrittenText();
            int quiet = random.nextInt(800);
            for (int n = 0; n < 1 + random.nextInt(8); n++) {
                Border border = BORDERS.get(random.nextInt(BORDERS.size()));
                written.write("x".repeat(1 + random.nextInt(9)), n == 0 ? Border.NONE : border);
            }
            written.end();
            var expected = new ByteArrayOutputStream();
            for (SettledSegment part : written.settled) {
                int missing = expected.size() == 0 ? 0 : (int) Math.max(0, PAUSES.at(part.before()) - quiet);
                expected.writeBytes(silence(missing));
                expected.writeBytes(loud(part.segment().text(), quiet));
            }
            StepVerifier.create(speech(loudly(quiet), written).audio().collectList())
                    .assertNext(sound -> assertThat(bytes(sound)).isEqualTo(expected.toByteArray()))
                    .verifyComplete();
        }
    }
}
