package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.Archive;
import dev.stentor.audio.TimeScaler;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.speech.upstream.UpstreamSettings;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.SpelledOut;
import dev.stentor.web.catalogue.EngineFacts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Speech at other speeds, through all decorators: who is asked for what, what is recorded, and what is bound. */
class EngineStackSpeedsTest {

    private static final SpeechRequest REQUEST = SpeechRequest.of("The herald speaks.");

    private final ScriptedEngine service =
            ScriptedEngine.of(request -> Flux.fromIterable(SpelledOut.buffers(request.text())));

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
    void anotherSpeedIsMadeOfTheRecordingAtSpeed1AndIsARecordingOfItsOwn() {
        EngineStack stack = stack(service);
        byte[] normal = heard(stack.oneRequest(), REQUEST);
        byte[] fast = heard(stack.oneRequest(), REQUEST.atSpeed(2));
        assertThat(fast).isEqualTo(scaled(normal, 2)).hasSize(normal.length / 2);
        assertThat(heard(stack.oneRequest(), REQUEST.atSpeed(2))).isEqualTo(fast);
        assertThat(service.requests()).containsExactly(REQUEST);
        assertThat(archive().files()).isEqualTo(2);
    }

    @Test
    void whatIsSpokenAtAnotherSpeedFirstIsRecordedAtSpeed1AsWell() {
        EngineStack stack = stack(service);
        byte[] slow = heard(stack.wholeTexts(), REQUEST.atSpeed(0.5));
        byte[] normal = heard(stack.wholeTexts(), REQUEST);
        assertThat(slow).isEqualTo(scaled(normal, 0.5));
        assertThat(heard(stack.wholeTexts(), REQUEST.atSpeed(4))).isEqualTo(scaled(normal, 4));
        assertThat(service.requests()).containsExactly(REQUEST);
    }

    @Test
    void whatIsSpokenAnewAtAnotherSpeedLeavesOneFile() {
        var _ = heard(stack(service).oneRequest(), REQUEST.anew().atSpeed(2));
        assertThat(archive().files()).isEqualTo(1);
    }

    @Test
    void eachPartOfALongTextIsScaledAndTheMarksAreThoseOfTheSoundThatIsHeard() {
        SpeechRequest request = SpeechRequest.of(SpelledOut.text(200)).atSpeed(1.7);
        Speech speech = stack(service).wholeTexts().speak(request);
        var marks = new CopyOnWriteArrayList<SegmentMark>();
        var _ = speech.marks().subscribe(marks::add);
        Heard whole = Heard.of(speech, () -> {});
        assertThat(marks).hasSizeGreaterThan(3);
        assertThat(service.requests()).hasSize(marks.size()).allMatch(part -> part.speed() == 1);
        long place = 0;
        for (SegmentMark mark : marks) {
            assertThat(mark.firstSample()).isEqualTo(place);
            String part = service.requests().get(mark.index()).text();
            place += TimeScaler.scaled(SpelledOut.of(part).length / 2, 1.7);
        }
        assertThat(whole.audio()).hasSize((int) place * 2);
        assertThat(Objects.requireNonNull(whole.receipt()).samples()).isEqualTo(place);
    }

    @Test
    void aServiceThatKnowsSpeedsSpeaksAtThemByItself() {
        EngineStack stack = stack(new Engine.Cloud(List.of(named(service, true))));
        assertThat(heard(stack.oneRequest(), REQUEST.atSpeed(2))).isEqualTo(SpelledOut.of(REQUEST.text()));
        assertThat(service.requests()).containsExactly(REQUEST.atSpeed(2));
    }

    @Test
    void ifSuchAServiceFailsTheSoundOfTheNextOneIsScaled() {
        ScriptedEngine down = ScriptedEngine.failingAfter(
                new byte[0], 2, new SpeechFailure.Unreachable("No connection to the speech service."));
        EngineStack stack = stack(new Engine.Cloud(List.of(named(down, true), named(service, false))));
        assertThat(heard(stack.oneRequest(), REQUEST.atSpeed(4))).isEqualTo(scaled(SpelledOut.of(REQUEST.text()), 4));
        assertThat(down.requests()).containsExactly(REQUEST.atSpeed(4));
        assertThat(service.requests()).containsExactly(REQUEST);
    }

    @Test
    void withoutAnArchiveSpeedsAreMadeAsWell() {
        archiving.close();
        archiving = new Archiving(null, 2_000, null);
        EngineStack stack = stack(service);
        for (SpeechEngine entry : List.of(stack.wholeTexts(), stack.oneRequest(), stack.unkept())) {
            assertThat(heard(entry, REQUEST.atSpeed(2))).isEqualTo(scaled(SpelledOut.of(REQUEST.text()), 2));
        }
    }

    @Test
    void anEngineOfThisMachineIsAskedForSpeed1AsWell() {
        EngineStack stack = stack(new Engine.Local(service, null, null));
        assertThat(heard(stack.wholeTexts(), REQUEST.atSpeed(2))).isEqualTo(scaled(SpelledOut.of(REQUEST.text()), 2));
        assertThat(service.requests()).containsExactly(REQUEST);
    }

    @Test
    void theBoundOfTheSoundIsDividedByTheSpeed() {
        EngineStack stack = stack(ScriptedEngine.endless(96_000));
        for (SpeechEngine entry : List.of(stack.unkept(), stack.wholeTexts())) {
            Heard heard = Heard.of(entry.speak(REQUEST.atSpeed(4)), () -> {});
            assertThat(heard.failure()).isInstanceOf(SpeechFailure.Overlong.class);
            int bytes = (60 + REQUEST.text().length()) * 48_000 / 4;
            // What the scaler still holds back when the sound at speed 1 is cut, is lost.
            assertThat(heard.audio().length).isBetween(bytes - 2 * 24 * 60, bytes);
        }
        assertThat(archive().files()).isZero();
    }

    private Archive archive() {
        return Objects.requireNonNull(archiving.archive()).archive();
    }

    private static Upstreams.Service named(SpeechEngine engine, boolean changesSpeed) {
        var settings = new UpstreamSettings("scripted", List.of(), 4, 0, 4, Duration.ofSeconds(10), 1);
        return new Upstreams.Service(engine, settings, null, CustomVoices.none(), changesSpeed);
    }

    private EngineStack stack(SpeechEngine one) {
        return stack(new Engine.Cloud(List.of(named(one, false))));
    }

    private EngineStack stack(Engine.Source source) {
        var engine = new Engine(
                source,
                _ -> TextLimit.characters(60),
                "scripted engines",
                () -> new Offer(new EngineFacts(List.of(), List.of()), List.of(), List.of()),
                "qwen3-tts-flash",
                CustomVoices.none(),
                Mono.empty(),
                () -> {});
        return EngineStack.of(Bound.bind(Map.of()), engine, archiving, () -> {}, CallStats.NONE);
    }

    private static byte[] heard(SpeechEngine engine, SpeechRequest request) {
        Heard heard = Heard.of(engine.speak(request), () -> {});
        assertThat(heard.failure()).isNull();
        return heard.audio();
    }

    private static byte[] scaled(byte[] sound, double speed) {
        var scaler = new TimeScaler(speed);
        ByteBuffer first = scaler.scale(ByteBuffer.wrap(sound));
        ByteBuffer rest = scaler.finish();
        return ByteBuffer.allocate(first.remaining() + rest.remaining())
                .put(first)
                .put(rest)
                .array();
    }
}
