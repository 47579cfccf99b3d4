package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.onnx.OnnxFile;
import dev.stentor.speech.sentences.SentenceVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A voice of Piper that an operator names: its alphabet, and a tiny graph with its inputs. */
class PiperVoiceTest {

    private static final String ALPHABET = """
            {"_": [0], "^": [1], "$": [2], "h": [3], "ə": [4], "l": [5], "o": [6], "ʊ": [7], "ˈ": [8], ".": [9], " ": [10]}""";

    /** Samples for each number. */
    private static final int SAMPLES = 441;

    private static final int NUMBERS = 11;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "həlˈO wˈɜɹld, həlˈoʊ wˈɜːld",
        "ˈizi, ˈiːzi",
        "wˈɔtəɹ, wˈɔːtɚ",
        "ʧˈIld, tʃˈaɪld",
        "ʤˈY ənd blˈu, dʒˈɔɪ ənd blˈuː",
        "ɡˈQ…, ɡˈəʊ.",
        "lˈɪTᵊl, lˈɪɾəl"
    })
    void symbolsAreSpelledInThePhoneticAlphabet(String symbols, String spelled) {
        assertThat(IpaSounds.of(symbols)).isEqualTo(spelled);
    }

    @Test
    void aTextBeginsAndEndsAndHasGapsBetweenItsSymbols() throws Exception {
        PiperVoice voice = PiperVoice.read(written("en-us", 22_050));
        assertThat(voice.numbers("həlˈO.")).containsExactly(1, 0, 3, 0, 4, 0, 5, 0, 8, 0, 6, 0, 7, 0, 9, 0, 2);
        assertThat(voice.numbers("xh")).as("a symbol that it lacks").containsExactly(1, 0, 3, 0, 2);
    }

    @Test
    void itsNameAndAccentAreThoseOfItsFiles() throws Exception {
        PiperVoice voice = PiperVoice.read(written("en-gb-x-rp", 16_000));
        assertThat(voice.name()).isEqualTo("tiny");
        assertThat(voice.accent()).isEqualTo(NeuralVoice.Accent.BRITISH);
    }

    @Test
    void otherLanguagesAndOddRatesAreRefused() throws Exception {
        assertThatThrownBy(() -> PiperVoice.read(written("de", 22_050)))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining("'de'")
                .hasMessageContaining("English");
        assertThatThrownBy(() -> PiperVoice.read(written("en-us", 22_000)))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining("22000 Hz");
    }

    @Test
    void aMissingDescriptionIsNamed() throws Exception {
        Path graph = written("en-us", 22_050);
        Files.delete(folder.resolve("tiny.onnx.json"));
        assertThatThrownBy(() -> PiperVoice.read(graph))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining("tiny.onnx.json");
    }

    @Test
    void itSpeaksInsteadOfTheVoicesOfTheFolder() throws Exception {
        Path graph = written("en-us", 22_050);
        var tiny = new TinyVoice(Files.createDirectory(folder.resolve("voices")));
        NeuralSettings settings =
                new NeuralSettings(folder.resolve("none"), false, false, NeuralSettings.WhenBusy.WAIT, 0, 2, 1, graph);
        Rehearsed all = Rehearsed.load(settings, TinyVoice.fast(), _ -> tiny.english());
        try (Narrator narrator = all.narrator()) {
            assertThat(all.voices().own()).extracting(NeuralVoice::name).containsExactly("tiny");
            Cast cast = all.voices().of("Cherry").orElseThrow();
            SentenceVoice voice = narrator.voice(cast, null, 1);
            // Begin, end, four sounds and a full stop, gaps between all of them, and the pause behind a sentence.
            int samples = voice.speak("hlol.", false).samples().remaining() / Short.BYTES;
            assertThat(samples).isEqualTo(13 * 480 + 7_680);
            // Without the full stop, and with the short pause of a clause that goes on.
            int goingOn = voice.speak("hlol", true).samples().remaining() / Short.BYTES;
            assertThat(goingOn).isEqualTo(11 * 480 + 1_200);
        }
    }

    @Test
    void anEngineOfItHasItsModelAndVoice() throws Exception {
        NeuralSettings settings = new NeuralSettings(
                folder.resolve("none"), false, false, NeuralSettings.WhenBusy.WAIT, 0, 2, 1, written("en-us", 24_000));
        var tiny = new TinyVoice(Files.createDirectory(folder.resolve("voices")));
        try (NeuralEngine engine = NeuralEngine.start(
                settings,
                TinyVoice.fast(),
                Mono.empty(),
                () -> Rehearsed.load(settings, TinyVoice.fast(), _ -> tiny.english()),
                Duration.ofMillis(1),
                () -> "id")) {
            StepVerifier.create(engine.decided()).expectComplete().verify(Duration.ofSeconds(30));
            assertThat(engine.model().name()).isEqualTo("piper");
            assertThat(engine.voices()).extracting(Voice::name).containsExactly("tiny");
            assertThat(engine.voices()).extracting(Voice::sex).containsOnlyNulls(); // its file does not tell
            assertThat(engine.languages()).containsExactly(Language.ENGLISH);
            assertThat(engine.objection(SpeechRequest.of("Hello, 你好。")))
                    .hasValueSatisfying(
                            objection -> assertThat(objection.message()).contains("speaks English only"));
            assertThat(engine.objection(SpeechRequest.of("Hello.").withModel("kokoro-82m-v1.0")))
                    .isPresent();
        }
    }

    @Test
    void anotherGraphIsRefused() throws Exception {
        Path graph = written("en-us", 22_050);
        new OnnxFile()
                .input("speed", OnnxFile.FLOAT, 1)
                .output("output", OnnxFile.FLOAT, 1)
                .node("Identity", "speed", "output")
                .writeTo(graph);
        PiperVoice voice = PiperVoice.read(graph);
        assertThatThrownBy(() -> SpeechGraph.open(graph, voice, 1))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining("no voice of Piper");
    }

    /** Writes a voice: a graph that makes a tone of 20 ms of each number. */
    private Path written(String language, int rateHz) throws IOException {
        float[] tones = new float[NUMBERS * SAMPLES];
        for (int n = 0; n < tones.length; n++) {
            tones[n] = 0.5f * (float) Math.sin(2 * Math.PI * 300 * n / 22_050);
        }
        Path graph = folder.resolve("tiny.onnx");
        new OnnxFile()
                .input("input", OnnxFile.INT64, 1, -1)
                .input("input_lengths", OnnxFile.INT64, 1)
                .input("scales", OnnxFile.FLOAT, 3)
                .output("output", OnnxFile.FLOAT, 1, 1, 1, -1)
                .floats("tones", new int[] {NUMBERS, SAMPLES}, tones)
                .longs("shape", new int[] {4}, 1, 1, 1, -1)
                .node("Gather", "tones input", "rows")
                .node("Reshape", "rows shape", "output")
                .writeTo(graph);
        Files.writeString(folder.resolve("tiny.onnx.json"), """
                {"audio": {"sample_rate": RATE}, "espeak": {"voice": "LANGUAGE"},
                 "inference": {"noise_scale": 0.5, "length_scale": 1, "noise_w": 0.5}, "phoneme_id_map": MAP}""".replace("RATE", String.valueOf(rateHz))
                .replace("LANGUAGE", language)
                .replace("MAP", ALPHABET));
        return graph;
    }
}
