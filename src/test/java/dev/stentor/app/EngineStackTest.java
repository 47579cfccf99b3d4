package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.WholeFile;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.speech.upstream.UpstreamSettings;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.testing.FakeStudio;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.SpelledOut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The order of the decorators, shown by their behaviour: long text, archive, rules, failover, service. */
class EngineStackTest {

    private static final String MODEL = "qwen3-tts-vc-2026-01-22";
    private static final String VOICE = "qwen-tts-vc-mine-voice-1";
    private static final SpeechRequest REQUEST = SpeechRequest.of("The herald speaks.");

    /** A service that cannot be reached. */
    private final ScriptedEngine down = ScriptedEngine.failingAfter(
            new byte[0], 2, new SpeechFailure.Unreachable("No connection to the speech service."));

    private final ScriptedEngine service =
            ScriptedEngine.of(request -> Flux.fromIterable(SpelledOut.buffers(request.text())));

    private final FakeStudio studio = new FakeStudio();
    private final CustomVoices made = CustomVoices.none();

    @TempDir
    Path directory;

    private Archiving archiving;

    @BeforeEach
    void open() {
        archiving = Archiving.of(
                new ArchiveProperties(directory, Duration.ofHours(24), DataSize.ofMegabytes(64), "", 2_000),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        archiving.close();
    }

    @Test
    void anEqualRequestIsPlayedFromTheArchiveAndReachesNoService() {
        EngineStack stack = stack(down, service);
        for (int i = 0; i < 3; i++) {
            assertThat(heard(i < 2 ? stack.oneRequest() : stack.wholeTexts(), REQUEST))
                    .isEqualTo(SpelledOut.of(REQUEST.text()));
        }
        assertThat(down.requests()).as("one call, and then the next service").hasSize(1);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void theArchiveStandsBeforeTheRules() {
        EngineStack stack = stack(service);
        SpeechRequest request = new SpeechRequest("In my own voice.", MODEL, VOICE, null, null, null);
        made.learn(voiceFor(MODEL), studio);
        byte[] sound = heard(stack.oneRequest(), request);
        made.learn(voiceFor("another-model"), studio);
        assertThat(failure(stack.unkept(), request))
                .as("the rules refuse it by now")
                .isInstanceOf(SpeechFailure.InvalidInput.class);
        assertThat(heard(stack.oneRequest(), request)).isEqualTo(sound);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aRequestThatTheRulesRefuseReachesNoService() {
        EngineStack stack = stack(down, service);
        SpeechRequest wrong =
                new SpeechRequest("A model without this voice.", "qwen3-tts-flash", VOICE, null, null, null);
        for (SpeechEngine entry : List.of(stack.wholeTexts(), stack.oneRequest(), stack.unkept())) {
            assertThat(entry.objection(wrong)).isPresent();
            assertThat(failure(entry, wrong)).isEqualTo(entry.objection(wrong).orElseThrow());
        }
        assertThat(down.requests()).isEmpty();
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void theRulesCompleteARequestBeforeAServiceGetsIt() {
        made.learn(voiceFor(MODEL), studio);
        var _ = heard(stack(service).oneRequest(), new SpeechRequest("Mine.", null, VOICE, null, null, null));
        assertThat(service.requests()).extracting(SpeechRequest::model).containsExactly(MODEL);
    }

    @Test
    void aLongTextIsCutBeforeTheArchiveAndRecordedAsAWholeBesides() {
        EngineStack stack = stack(service);
        SpeechRequest request = SpeechRequest.of(SpelledOut.text(200));
        Heard whole = Heard.of(stack.wholeTexts().speak(request), () -> {});
        assertThat(whole.audio()).isEqualTo(SpelledOut.of(request.text()));
        assertThat(Objects.requireNonNull(whole.receipt()).file()).isInstanceOf(WholeFile.Archived.class);
        List<SpeechRequest> parts = service.requests();
        assertThat(parts).hasSizeGreaterThan(3);
        for (SpeechRequest part : parts) {
            assertThat(heard(stack.oneRequest(), part)).isEqualTo(SpelledOut.of(part.text()));
        }
        assertThat(heard(stack.wholeTexts(), request)).isEqualTo(whole.audio());
        assertThat(service.requests())
                .as("every part is a recording of its own")
                .isEqualTo(parts);
    }

    @Test
    void speechThatIsNotToBeKeptPassesTheArchiveBy() {
        EngineStack stack = stack(service);
        byte[] sound = heard(stack.unkept(), REQUEST);
        assertThat(heard(stack.unkept(), REQUEST)).isEqualTo(sound);
        assertThat(heard(stack.oneRequest(), REQUEST)).isEqualTo(sound);
        assertThat(service.requests()).hasSize(3);
    }

    private static CustomVoice voiceFor(String model) {
        return new CustomVoice(VOICE, Voice.Kind.CLONED, model, "en", null, null);
    }

    private EngineStack stack(SpeechEngine... services) {
        var engine = new Engine(
                new Engine.Cloud(List.of(services).stream()
                        .map(one -> new Upstreams.Service(one, settings(), studio, made))
                        .toList()),
                _ -> TextLimit.characters(60),
                "scripted services",
                List.of(),
                List.of(),
                "qwen3-tts-flash",
                made,
                Mono.empty(),
                () -> {});
        return EngineStack.of(Bound.bind(Map.of()), engine, archiving, CallStats.NONE);
    }

    private static UpstreamSettings settings() {
        return new UpstreamSettings("scripted", List.of(), 4, 0, 4, Duration.ofSeconds(10), 1);
    }

    /** Returns the sound of a request that is spoken without a failure, when its receipt is there. */
    private static byte[] heard(SpeechEngine engine, SpeechRequest request) {
        Heard heard = Heard.of(engine.speak(request), () -> {});
        assertThat(heard.failure()).isNull();
        return heard.audio();
    }

    private static SpeechFailure failure(SpeechEngine engine, SpeechRequest request) {
        return Objects.requireNonNull(Heard.of(engine.speak(request), () -> {}).failure());
    }
}
