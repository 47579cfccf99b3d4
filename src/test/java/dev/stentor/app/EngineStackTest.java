package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
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
import dev.stentor.web.catalogue.EngineFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** An engine that never ends. */
    private final ScriptedEngine endless = ScriptedEngine.endless(96_000);

    private final AtomicInteger overlong = new AtomicInteger();

    private final FakeStudio studio = new FakeStudio();
    private final CustomVoices made = CustomVoices.none();

    @TempDir
    Path directory;

    private Archiving archiving;

    @BeforeEach
    void open() {
        archiving = SmallArchive.in(directory);
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

    @Test
    void anEndlessServiceIsCutAtTheBoundOfTheTextAndNothingOfItIsKept() {
        EngineStack stack = stack(endless);
        int bound = 60 + REQUEST.text().length();
        for (SpeechEngine entry : List.of(stack.wholeTexts(), stack.oneRequest(), stack.unkept())) {
            assertCut(entry, bound);
        }
        assertThat(overlong).as("each is counted once").hasValue(3);
        assertThat(endless.requests()).as("it is not tried again").hasSize(3);
        assertNothingIsKept();
    }

    @Test
    void anEndlessEngineOfThisMachineIsCutAsWell() {
        EngineStack stack = stack(new Engine.Local(endless, null, null), "gateway.sound.per-character", "2s");
        assertCut(stack.wholeTexts(), 60 + 2 * REQUEST.text().length());
        assertNothingIsKept();
    }

    @Test
    void aLongTextMayNotHaveMoreSoundThanTheLongestText() {
        var tooMuch = ScriptedEngine.speaking(new byte[30 * SpeechTime.SAMPLES_PER_SECOND * 2], 96_000);
        var cloud = new Engine.Cloud(List.of(new Upstreams.Service(tooMuch, settings(), studio, made, false)));
        EngineStack stack = stack(cloud, "gateway.sound.longest", "75s");
        Heard heard = Heard.of(stack.wholeTexts().speak(SpeechRequest.of(SpelledOut.text(200))), () -> {});
        assertThat(heard.failure()).isEqualTo(new SpeechFailure.Overlong(Duration.ofSeconds(75), 75 * 24_000));
        assertThat(heard.audio()).hasSize(75 * 48_000);
    }

    private void assertCut(SpeechEngine entry, int seconds) {
        int cancelled = endless.cancellations();
        Heard heard = Heard.of(entry.speak(REQUEST), () -> {});
        assertThat(Objects.requireNonNull(heard.failure()).code()).isEqualTo("SoundTooLong");
        assertThat(heard.audio()).hasSize(seconds * 48_000);
        Awaitility.await().until(() -> endless.cancellations() == cancelled + 1);
    }

    private void assertNothingIsKept() {
        var archive = Objects.requireNonNull(archiving.archive()).archive();
        assertThat(archive.files()).isZero();
        Awaitility.await().until(() -> archive.bytes() == 0);
    }

    private static CustomVoice voiceFor(String model) {
        return new CustomVoice(VOICE, Voice.Kind.CLONED, model, "en", null, null);
    }

    private EngineStack stack(SpeechEngine... services) {
        return stack(new Engine.Cloud(List.of(services).stream()
                .map(one -> new Upstreams.Service(one, settings(), studio, made, false))
                .toList()));
    }

    private EngineStack stack(Engine.Source source, String... keyAndValue) {
        var engine = new Engine(
                source,
                _ -> TextLimit.characters(60),
                "scripted engines",
                () -> new Offer(new EngineFacts(List.of(), List.of()), List.of(), List.of()),
                "qwen3-tts-flash",
                made,
                Mono.empty(),
                () -> {});
        Map<String, String> set = keyAndValue.length == 0 ? Map.of() : Map.of(keyAndValue[0], keyAndValue[1]);
        return EngineStack.of(Bound.bind(set), engine, archiving, overlong::incrementAndGet, CallStats.NONE);
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
