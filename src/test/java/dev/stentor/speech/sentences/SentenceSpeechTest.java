package dev.stentor.speech.sentences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.text.Segment;
import dev.stentor.text.SegmentLimits;
import dev.stentor.text.Segmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a voice of this machine is asked for a text, and when its sound is given. */
class SentenceSpeechTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Segmenter SEGMENTER = new Segmenter(new SegmentLimits(2, 8, 40, 48, 64, 300)).rising(2);
    private static final String IN_PHRASES =
            "Yes. The committee that had been appointed in the spring has finally published a report.";

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Workers workers = new Workers("test voice", "test-voice", 1, 8);

    @AfterEach
    void close() {
        workers.close();
        VirtualTimeScheduler.reset();
    }

    private SentenceSpeech speech(String text, StartDelay delay) {
        SentenceVoice voice = (sentence, goesOn) -> {
            asked.add(sentence + (goesOn ? " >" : ""));
            return new SentenceSound(new byte[960]);
        };
        return new SentenceSpeech("r1", text, voice, workers, SEGMENTER, Mono.just(() -> {}), delay);
    }

    @Test
    void aVoiceIsToldThatAClauseGoesOn() {
        assertThat(speech(IN_PHRASES, StartDelay.NONE).audio().collectList().block(LIMIT))
                .hasSize(3);
        assertThat(asked)
                .containsExactly(
                        "Yes.",
                        "The committee that had been appointed >",
                        "in the spring has finally published a report.");
    }

    @Test
    void linesEndWhatStandsInThem() {
        assertThat(speech("A line\nAnother line", StartDelay.NONE)
                        .audio()
                        .collectList()
                        .block(LIMIT))
                .isNotEmpty();
        assertThat(asked).noneMatch(sentence -> sentence.endsWith(">"));
    }

    @Test
    void whileTheFirstSoundWaitsTheNextOneIsMade() throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        List<Segment> later = new ArrayList<>();
        var given = new AtomicInteger();
        speech(IN_PHRASES, (samples, behind) -> {
                    assertThat(samples).isEqualTo(480);
                    later.addAll(behind);
                    return Duration.ofHours(1);
                })
                .audio()
                .subscribe(_ -> given.incrementAndGet());
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("Yes.");
        assertThat(asked.poll(20, TimeUnit.SECONDS)).startsWith("The committee");
        assertThat(given).hasValue(0); // time stands still
        Awaitility.await().atMost(LIMIT).until(() -> {
            time.advanceTimeBy(Duration.ofHours(1));
            return given.get() == 3;
        });
        assertThat(later).hasSize(2);
    }

    @Test
    void theOnlySegmentNeverWaits() {
        assertThat(speech("Hello there.", (_, _) -> Duration.ofDays(1))
                        .audio()
                        .collectList()
                        .block(LIMIT))
                .hasSize(1);
    }
}
