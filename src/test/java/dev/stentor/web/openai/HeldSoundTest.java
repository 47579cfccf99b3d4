package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The holding of the first sound, in virtual time. */
class HeldSoundTest {

    private static final Duration TIME = Duration.ofMillis(20);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final HeldSound held = new HeldSound(1_000, TIME, timer);
    private final TestPublisher<ByteBuffer> audio = TestPublisher.create();
    private final List<String> heard = new ArrayList<>();

    @Test
    void soundThatEndsWithinTheBoundsComesAtItsEndWithItsLength() {
        listen();
        audio.next(sound(480), sound(520));
        assertThat(heard).isEmpty();
        audio.complete();
        assertThat(heard).containsExactly("480 of 500", "520 of 500", "end");
    }

    @Test
    void soundThatTakesLongerIsReleasedInTimeAndItsEndTellsNothing() {
        listen();
        audio.next(sound(480));
        timer.advanceTimeBy(TIME.minusMillis(1));
        assertThat(heard).isEmpty();
        timer.advanceTimeBy(Duration.ofMillis(1));
        assertThat(heard).containsExactly("480 of ?");
        audio.next(sound(20));
        audio.complete();
        assertThat(heard).containsExactly("480 of ?", "20 of ?", "end");
        assertThat(held.samples()).isEmpty();
    }

    @Test
    void theTimeBeginsWithTheFirstSound() {
        listen();
        timer.advanceTimeBy(Duration.ofMinutes(1));
        audio.next(sound(480));
        audio.complete();
        assertThat(heard).containsExactly("480 of 240", "end");
    }

    @Test
    void moreSoundThanTheBoundIsReleasedAtOnce() {
        listen();
        audio.next(sound(1_000));
        assertThat(heard).isEmpty();
        audio.next(sound(2));
        audio.next(sound(4));
        assertThat(heard).containsExactly("1000 of ?", "2 of ?", "4 of ?");
        audio.complete();
        assertThat(heard).last().isEqualTo("end");
    }

    @Test
    void noSoundAtAllHasTheLengthZero() {
        listen();
        audio.complete();
        assertThat(heard).containsExactly("end");
        assertThat(held.samples()).hasValue(0);
    }

    @Test
    void aFailureWhileSoundIsHeldComesAtOnceAndAlone() {
        listen();
        audio.next(sound(480));
        audio.error(new IllegalStateException("broken"));
        assertThat(heard).containsExactly("broken");
    }

    @Test
    void aFailureBeforeAllSoundComesAtOnce() {
        listen();
        audio.error(new IllegalStateException("broken"));
        assertThat(heard).containsExactly("broken");
    }

    @Test
    void aFailureAfterTheReleaseComesBehindAllSound() {
        listen();
        audio.next(sound(2_000), sound(20));
        audio.error(new IllegalStateException("broken"));
        assertThat(heard).containsExactly("2000 of ?", "20 of ?", "broken");
    }

    @Test
    void cancellingEndsTheAudio() {
        var listening = held.of(audio.flux()).subscribe();
        audio.next(sound(480));
        listening.dispose();
        audio.assertCancelled();
    }

    @Test
    void afterTheReleaseTheListenersDemandCounts() {
        List<Integer> made = new ArrayList<>();
        Flux<ByteBuffer> endless = Flux.generate(sink -> {
            made.add(1);
            sink.next(sound(2_000));
        });
        StepVerifier.create(held.of(endless), 3).expectNextCount(3).thenCancel().verify();
        assertThat(made).hasSizeLessThanOrEqualTo(5);
    }

    private void listen() {
        var _ = held.of(audio.flux())
                .subscribe(
                        buffer -> heard.add(buffer.remaining() + " of " + told(held.samples())),
                        error -> heard.add(String.valueOf(error.getMessage())),
                        () -> heard.add("end"));
    }

    private static String told(OptionalLong samples) {
        return samples.isPresent() ? "" + samples.getAsLong() : "?";
    }

    private static ByteBuffer sound(int bytes) {
        return ByteBuffer.allocate(bytes).asReadOnlyBuffer();
    }
}
