package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.onnx.OnnxFile;
import dev.stentor.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What can go wrong at the start: each time the reason is told, and another voice speaks. */
class RehearsedTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final byte[] OTHER_SOUND = new byte[4_800];

    @TempDir
    Path folder;

    private TinyVoice tiny;
    private NeuralSettings settings;

    @BeforeEach
    void write() throws Exception {
        tiny = new TinyVoice(folder);
        settings = tiny.settings(NeuralSettings.WhenBusy.WAIT, 0);
    }

    @Test
    void aWholeVoiceIsLoadedAndMeasured() throws Exception {
        try (Narrator narrator = tiny.load(settings).narrator()) {
            assertThat(narrator).isNotNull();
        }
        assertThat(tiny.asked).contains("AMERICAN Good morning everyone,");
    }

    @Test
    void withoutTheRuntimeItIsSaidWhereItComesFrom() {
        var machine = new Machine(2, 1L << 30, System::nanoTime, System::nanoTime, name -> !name.startsWith("ai.onnx"));
        otherSpeaks(() -> Rehearsed.load(settings, machine, _ -> tiny.frontEnds()), "ONNX Runtime", "natural-voice.sh");
    }

    @Test
    void aSmallHeapIsNamed() {
        var machine = new Machine(2, 100L << 20, System::nanoTime, System::nanoTime, _ -> true);
        otherSpeaks(() -> Rehearsed.load(settings, machine, _ -> tiny.frontEnds()), "heap", "100 MB", "-Xmx");
    }

    @Test
    void aSlowMachineIsMeasuredUnlessItIsForced() throws Exception {
        var now = new AtomicLong();
        Machine slow =
                TinyVoice.machine(() -> now.addAndGet(Duration.ofSeconds(20).toNanos()));
        otherSpeaks(
                slow,
                () -> Rehearsed.load(settings, slow, _ -> tiny.frontEnds()),
                "too slow",
                "gateway.natural.use=always");
        var forced = new NeuralSettings(folder, true, true, NeuralSettings.WhenBusy.WAIT, 0, 2, 1, null);
        try (Narrator narrator =
                Rehearsed.load(forced, slow, _ -> tiny.frontEnds()).narrator()) {
            assertThat(narrator).isNotNull();
        }
    }

    @Test
    void aMachineThatWasOnlyBusySpeaksAsSoonAsItIsFastEnough() {
        var now = new AtomicLong();
        var looks = new AtomicLong();
        // Twenty seconds with each look at the clock, until it was looked at fifty times.
        Machine busy =
                TinyVoice.machine(() -> now.addAndGet(looks.incrementAndGet() < 50 ? 20_000_000_000L : 1_000_000L));
        try (NeuralEngine engine = NeuralEngine.start(
                settings,
                busy,
                Mono.empty(),
                () -> Rehearsed.load(settings, busy, _ -> tiny.frontEnds()),
                SOON,
                () -> "id")) {
            StepVerifier.create(engine.decided()).expectComplete().verify(LIMIT);
            Awaitility.await().atMost(LIMIT).until(() -> engine.state() instanceof NaturalState.Speaking);
            assertThat(looks).hasValueGreaterThan(50);
        }
    }

    @Test
    void aDamagedGraphIsNamed() throws Exception {
        Path graph = folder.resolve("tiny.onnx");
        byte[] whole = Files.readAllBytes(graph);
        Files.write(graph, Arrays.copyOf(whole, whole.length / 2));
        otherSpeaks(() -> tiny.load(settings), "tiny.onnx");
    }

    @Test
    void aFileThatWasNotPublishedIsRefused() {
        var published = new NeuralSettings(folder, false, false, NeuralSettings.WhenBusy.WAIT, 0, 2, 1, null);
        otherSpeaks(() -> tiny.load(published), "vocab.json", "SHA-256");
    }

    @Test
    void aMissingVoiceIsNamed() throws Exception {
        for (String voice : new String[] {"af_heart", "bf_emma", "am_michael"}) {
            Files.delete(folder.resolve(voice + ".bin"));
        }
        otherSpeaks(() -> tiny.load(settings), "no English voice");
    }

    @Test
    void aVoiceOfAnotherSizeIsNamed() throws Exception {
        Files.write(folder.resolve("bf_emma.bin"), new byte[100]);
        otherSpeaks(() -> tiny.load(settings), "bf_emma.bin");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Files.createFile(folder.resolve("cache"));
        otherSpeaks(() -> tiny.load(settings), "cache", "could not be written");
    }

    @Test
    void aGraphOfAnotherKindIsNamed() throws Exception {
        new OnnxFile()
                .input("x", OnnxFile.FLOAT, 1)
                .output("y", OnnxFile.FLOAT, 1)
                .node("Neg", "x", "y")
                .writeTo(folder.resolve("tiny.onnx"));
        otherSpeaks(() -> tiny.load(settings), "its inputs are [x]");
    }

    @Test
    void aFaultOfALibraryIsTold() {
        otherSpeaks(
                () -> Rehearsed.load(settings, TinyVoice.fast(), _ -> {
                    throw new IllegalStateException("no dictionary");
                }),
                "IllegalStateException");
        otherSpeaks(
                () -> Rehearsed.load(settings, TinyVoice.fast(), _ -> {
                    throw new UnsatisfiedLinkError("no native part");
                }),
                "no native part");
    }

    @Test
    void withoutItsFolderNothingIsStarted() {
        assertThatThrownBy(() -> new TinyVoice(folder.resolve("none"))).isInstanceOf(IOException.class);
        var none = new NeuralSettings(folder.resolve("none"), true, false, NeuralSettings.WhenBusy.WAIT, 0, 2, 1, null);
        try (NeuralEngine engine = NeuralEngine.start(none, Mono.never(), () -> "id")) {
            assertThat(engine.state())
                    .isInstanceOfSatisfying(
                            NaturalState.Absent.class,
                            absent -> assertThat(absent.reason()).contains("none"));
        }
    }

    private void otherSpeaks(Callable<Rehearsed> load, String... reasons) {
        otherSpeaks(TinyVoice.fast(), load, reasons);
    }

    private void otherSpeaks(Machine machine, Callable<Rehearsed> load, String... reasons) {
        ScriptedEngine other =
                ScriptedEngine.of(_ -> Flux.just(ByteBuffer.wrap(OTHER_SOUND).asReadOnlyBuffer()));
        try (NeuralEngine engine = NeuralEngine.start(settings, machine, Mono.empty(), load, SOON, () -> "id")) {
            Speech speech = new NaturalFirst(engine, engine, other).speak(SpeechRequest.of("Hello there."));
            assertThat(SpeechEngineContract.bytes(SpeechEngineContract.all(speech)))
                    .isEqualTo(OTHER_SOUND);
            StepVerifier.create(engine.decided()).expectComplete().verify(LIMIT);
            assertThat(engine.state())
                    .isInstanceOfSatisfying(
                            NaturalState.Absent.class,
                            absent -> assertThat(absent.reason()).contains(reasons));
            assertThat(engine.voices()).isEmpty();
            assertThat(engine.languages()).isEmpty();
        }
    }
}
