package dev.stentor.speech.voices;

import static dev.stentor.testing.FakeStudio.cloned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.Voice;
import dev.stentor.testing.FakeStudio;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class CustomVoicesTest {

    private static final Duration KEEP = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final FakeStudio studio = new FakeStudio(cloned("a"));
    private final CustomVoices voices = new CustomVoices(List.of(studio), KEEP, time);

    @Test
    void theListIsAskedForOnceInAWhile() {
        assertThat(voices.known()).isEmpty();
        assertThat(names()).containsExactly("a");
        studio.add(cloned("b"));
        time.advanceTimeBy(KEEP.minusMillis(1));
        assertThat(names()).containsExactly("a");
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(names()).containsExactly("a", "b");
        assertThat(studio.lists()).isEqualTo(2);
    }

    @Test
    void whatIsMadeAndDeletedHereIsKnownAtOnce() {
        assertThat(names()).containsExactly("a");
        CustomVoice made = voices.copy(
                        new CloneOrder("new", "m", null, null, new CloneOrder.Recording("audio/wav", 0, Flux.empty())))
                .block(LIMIT);
        assertThat(voices.known("qwen-tts-vc-new-voice-1")).hasValue(made);
        voices.delete(cloned("a")).block(LIMIT);
        assertThat(voices.known("a")).isEmpty();
        assertThat(names()).containsExactly("qwen-tts-vc-new-voice-1");
        time.advanceTimeBy(KEEP);
        assertThat(names()).containsExactly("qwen-tts-vc-new-voice-1");
    }

    @Test
    void aListThatWasBegunEarlierDoesNotUndoWhatHappenedSince() {
        Sinks.Empty<Void> slow = Sinks.empty();
        VoiceStudio hesitating = new SlowStudio(slow.asMono(), List.of(cloned("old")));
        var late = new CustomVoices(List.of(hesitating), KEEP, time);
        late.learn(cloned("old"), hesitating);
        late.refresh();
        late.forget("old");
        late.learn(cloned("new"), hesitating);
        assertThat(slow.tryEmitEmpty()).isEqualTo(Sinks.EmitResult.OK);
        assertThat(late.known()).extracting(CustomVoice::name).containsExactly("new");
    }

    @Test
    void aFailureIsToldAndSoonTriedAgain() {
        studio.failWith(new SpeechFailure.Unreachable("Gone."));
        assertThatExceptionOfType(SpeechException.class).isThrownBy(this::names);
        studio.failWith(null);
        assertThatExceptionOfType(SpeechException.class).isThrownBy(this::names);
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(names()).containsExactly("a");
    }

    @Test
    void eachVoiceIsKnownWithItsStudio() {
        var other = new FakeStudio(cloned("b"));
        var both = new CustomVoices(List.of(studio, other), KEEP, time);
        assertThat(both.find("b").block(LIMIT)).isEqualTo(cloned("b"));
        assertThat(both.studioOf("b")).containsSame(other);
        both.delete(cloned("b")).block(LIMIT);
        assertThat(other.voices(Voice.Kind.CLONED).collectList().block(LIMIT)).isEmpty();
        assertThat(both.find("c").blockOptional(LIMIT)).isEmpty();
        assertThat(CustomVoices.none().all().block(LIMIT)).isEmpty();
        assertThat(CustomVoices.none().studio()).isEmpty();
    }

    private List<String> names() {
        return voices.all()
                .flatMapIterable(all -> all)
                .map(CustomVoice::name)
                .collectList()
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    /** A studio that answers only when the test lets it, with the list as it was at the call. */
    private record SlowStudio(Mono<Void> told, List<CustomVoice> found) implements VoiceStudio {

        @Override
        public Flux<CustomVoice> voices(Voice.Kind kind) {
            return kind == Voice.Kind.CLONED ? told.thenMany(Flux.fromIterable(found)) : Flux.empty();
        }

        @Override
        public Mono<CustomVoice> copy(CloneOrder order) {
            return Mono.empty();
        }

        @Override
        public Mono<DesignedVoice> design(DesignOrder order) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> delete(Voice.Kind kind, String name) {
            return Mono.empty();
        }

        @Override
        public Mono<Answer> pass(Body body) {
            return Mono.empty();
        }
    }
}
