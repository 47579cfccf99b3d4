package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.Utterance.State;
import dev.stentor.speech.reading.BoundedEngine;
import dev.stentor.speech.reading.Pauses;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** An engine that never ends, behind its bound: the listeners hear the sound up to there, and the channel goes on. */
class EndlessEngineTest {

    /** One second, and 100 ms for each character. */
    private static final SoundBound BOUND =
            new SoundBound(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ZERO);

    private final ScriptedEngine endless =
            ScriptedEngine.of(request -> request.text().startsWith("Stop")
                    ? Flux.just(ByteBuffer.allocate(4_800).asReadOnlyBuffer())
                    : Flux.generate(sink -> sink.next(ByteBuffer.allocate(4_800).asReadOnlyBuffer())));

    private final Booth booth = new Booth(
            new BoundedEngine(endless, BOUND, () -> {}),
            ChannelSettings.conversation()
                    .withWriting(new OpenTextSettings(
                            Duration.ofMillis(400), Duration.ofSeconds(30), 0, 400, Pauses.NONE, BOUND)));

    @Test
    void anUtteranceFailsAtTheBoundOfItsTextAndTheNextOneIsSpoken() {
        booth.speak("0123456789");
        booth.speak("Stop.");
        booth.clock.advance(Duration.ofSeconds(4));
        assertFailedAfter(2_000);
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
    }

    @Test
    void aTextThatIsStillBeingWrittenFailsAtTheBoundOfTheSentenceThatNeverEnds() {
        booth.answer(booth.channel.speak(Writer.asked("This goes on and on without an end. ")));
        booth.clock.advance(Duration.ofSeconds(10));
        assertFailedAfter(1_000 + 100L * "This goes on and on without an end.".length());
    }

    private void assertFailedAfter(long millis) {
        UtteranceEnded ended = booth.output.all(UtteranceEnded.class).getFirst();
        assertThat(ended.reason()).isEqualTo(Reason.FAILED);
        assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo("SoundTooLong");
        assertThat(ended.samples()).as("all sound up to the bound was played").isEqualTo(24 * millis);
        assertThat(endless.cancellations()).isEqualTo(1);
    }
}
