package dev.stentor.speech.command;

import static dev.stentor.speech.command.Stage.LIMIT;
import static dev.stentor.speech.command.Stage.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechFailure.EngineFault;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.Heard;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class CommandEngineTest extends SpeechEngineContract {

    private static final String TEXT = "A secret about walruses.";

    private final CommandEngine engine = Stage.engine("wav");

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        engine.close();
    }

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return REQUEST;
    }

    @Test
    void aWavAtAnotherRateIsResampledWhateverItsSizesSay() {
        Heard heard = Heard.of(engine.speak(request()), () -> {});
        assertThat(heard.audio()).hasSize(48_000);
        assertThat(heard.receipt()).isNotNull().satisfies(receipt -> {
            assertThat(receipt.samples()).isEqualTo(24_000);
            assertThat(receipt.requestId()).isEqualTo("our-id");
        });
    }

    @Test
    void bareSamplesInOddPartsAreWhole() {
        Heard odd = hear("odd");
        assertThat(odd.failure()).isNull();
        assertThat(odd.audio())
                .isEqualTo(
                        Heard.of(engine.speak(SpeechRequest.of(TEXT)), () -> {}).audio());
    }

    @Test
    void theTextGoesToStandardInputAndNothingOfItIntoTheArguments() {
        var speech = new SpeechRequest("--help \u4F60\u597D\u0007\nand more", null, "Ada", "chinese", null, null);
        assertThat(echo(speech, "-v{voice}", "-l", "{language}"))
                .isEqualTo("echo|-vf2|-l|cmn|GREETING,LANG,PATH|--help \u4F60\u597D \nand more\n");
        assertThat(echo(SpeechRequest.of("Hi").withVoice("Cherry"), "{voice}", "{language}"))
                .isEqualTo("echo|plain|en-us|GREETING,LANG,PATH|Hi\n");
        // The environment gives the names of voices in lower case.
        assertThat(echo(SpeechRequest.of("Hi").withVoice("ADA"), "{voice}"))
                .isEqualTo("echo|f2|GREETING,LANG,PATH|Hi\n");
        assertThat(echo(SpeechRequest.of("Hi \u4F60\u597D"), "{language}"))
                .isEqualTo("echo|cmn|GREETING,LANG,PATH|Hi \u4F60\u597D\n");
    }

    @Test
    void whatHasNoVoiceIsObjectedTo() {
        CommandEngine speaking = Stage.engine("wav", "{language}");
        objects(speaking, SpeechRequest.of("\u041F\u0440\u0438\u0432\u0435\u0442"), "text", "no voice for Russian");
        objects(speaking, new SpeechRequest("Ciao", null, null, "Italian", null, null), "language_type", "\"Italian\"");
        objects(speaking, SpeechRequest.of("Hi").withVoice("Nobody"), "voice", "\"Nobody\"");
        objects(speaking, SpeechRequest.of("\u2026!"), "text", "nothing to speak");
        assertThat(speaking.objection(SpeechRequest.of("Hi"))).isEmpty();
        assertThat(Stage.engine("wav").objection(SpeechRequest.of("\u041F\u0440\u0438\u0432\u0435\u0442")))
                .isEmpty();
    }

    @Test
    void aProgramThatFloodsItsStandardErrorSpeaksNonetheless() {
        assertThat(hear("noisy").audio()).hasSize(48_000);
    }

    @Test
    void aProgramThatExitsEarlyIsNamedWithItsCode() {
        fails("refuses", "ended with code 3.");
        assertThat(hear("breaks").audio()).hasSize(48_000);
        fails("breaks", "ended with code 4.");
    }

    @Test
    void aProgramThatSaysNothingOrNonsense() {
        fails("says-nothing", "made no sound.");
        assertThat(hear("strange").failure())
                .isInstanceOfSatisfying(
                        EngineFault.class,
                        fault -> assertThat(fault.message())
                                .startsWith(
                                        "The program \"java\" gave sound of a kind that is not known here: inHz must be"));
    }

    @Test
    void aProgramThatClosesItsOutputAndStaysIsEnded() {
        fails("stays", "closed its output and did not end.");
    }

    @Test
    void whoDoesNotListenStopsTheProgram() {
        Path written = folder.resolve("written");
        try (var minute = Stage.engine("long", written.toString())) {
            StepVerifier.create(minute.speak(request()).audio(), 0)
                    .thenRequest(2)
                    .expectNextCount(2)
                    // Another utterance meanwhile: a program that is read would have written its minute in that time.
                    .then(() -> assertThat(all(engine.speak(request()))).isNotEmpty())
                    .then(() -> assertThat(written).doesNotExist())
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(_ -> true)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(written).exists();
        }
    }

    @Test
    void neitherTextNorStandardErrorReachesTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try {
            assertThat(String.valueOf(hear("noisy").failure())).doesNotContain("walrus");
            assertThat(String.valueOf(hear("refuses").failure())).doesNotContain("walrus");
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .allSatisfy(event -> assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                        .doesNotContain("walrus"));
    }

    /** Speaks with the real program if it is installed, else with the tests' own; both must be heard. */
    @Test
    void eSpeakSpeaksMandarinWhereItIsInstalled() {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "espeak-ng")));
        List<String> program = installed
                ? List.of("espeak-ng", "-v", "{language}", "--stdin", "--stdout")
                : Stage.command("wav", "{language}");
        var settings = new CommandSettings(
                program, Stage.MONO_22, Map.of("Chinese", "cmn"), Map.of(), Map.of(), 1, 1, LIMIT, LIMIT);
        try (var speaking = Stage.engine(Schedulers.parallel(), settings)) {
            byte[] sound =
                    bytes(all(speaking.speak(SpeechRequest.of("\u4F60\u597D\uFF0C\u6B22\u8FCE\u6536\u542C\u3002"))));
            assertThat(sound.length / 2).isBetween(20_000, 120_000);
            assertThat(loudness(sound)).isGreaterThan(300);
        }
    }

    private static double loudness(byte[] sound) {
        ByteBuffer samples = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
        double sum = 0;
        for (int i = 0; i < sound.length; i += 2) {
            sum += (double) samples.getShort(i) * samples.getShort(i);
        }
        return Math.sqrt(sum / (sound.length / 2.0));
    }

    private static void objects(CommandEngine speaking, SpeechRequest request, String field, String words) {
        assertThat(speaking.objection(request)).hasValueSatisfying(objection -> {
            assertThat(objection.field()).isEqualTo(field);
            assertThat(objection.message()).contains(words);
        });
        assertThat(Heard.of(speaking.speak(request), () -> {}).failure())
                .isEqualTo(speaking.objection(request).orElseThrow());
    }

    private static String echo(SpeechRequest request, String... arguments) {
        String[] all = Stream.concat(Stream.of("echo"), Stream.of(arguments)).toArray(String[]::new);
        try (var speaking = Stage.engine(Schedulers.parallel(), Stage.settings(PcmFormat.SPEECH, all))) {
            ByteBuffer sound =
                    ByteBuffer.wrap(bytes(all(speaking.speak(request)))).order(ByteOrder.LITTLE_ENDIAN);
            var text = new StringBuilder();
            while (sound.hasRemaining()) {
                text.append((char) sound.getShort());
            }
            return text.toString();
        }
    }

    private static Heard hear(String how) {
        try (var speaking = Stage.engine(how)) {
            return Heard.of(speaking.speak(SpeechRequest.of(TEXT)), () -> {});
        }
    }

    private static void fails(String how, String message) {
        assertThat(hear(how).failure()).isEqualTo(new EngineFault("The program \"java\" " + message));
    }
}
