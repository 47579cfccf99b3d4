package dev.stentor.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Texts that are spoken in parts, where the parts and the whole are archived. */
class LongRecordingTest {

    private static final SpeechRequest BOOK = SpeechRequest.of(IntStream.range(0, 40)
            .mapToObj(number -> "Here is sentence " + number + " of the book. ")
            .collect(Collectors.joining()));

    private static final TextLimit LIMIT = TextLimit.characters(200);

    @TempDir
    Path directory;

    private TestArchive archive;

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void aTextThatIsSpokenInPartsIsOneFileInTheEnd() throws Exception {
        var engine = ScriptedEngine.of(request -> Flux.fromIterable(Signals.chunks(soundOf(request.text()), 4_000)));
        Listening listening = Listening.to(longText(engine).speak(BOOK)).takeAll();
        assertThat(engine.requests().size()).isGreaterThan(2);
        byte[] expected = joined(engine);
        assertThat(listening.heard()).isEqualTo(expected);
        assertThat(contentOf(listening.receipt())).isEqualTo(expected);
    }

    @Test
    void whatWasSpokenBeforeAFailureIsNotPaidAgain() throws Exception {
        var healed = new AtomicBoolean();
        var failure = new SpeechException(new SpeechFailure.Truncated("cut", 0));
        var engine = ScriptedEngine.of(request -> healed.get() || request.text().length() < 100
                ? Flux.fromIterable(Signals.chunks(soundOf(request.text()), 4_000))
                : Flux.error(failure));
        LongText longText = longText(engine);
        Listening broken = Listening.to(longText.speak(BOOK)).takeAll();
        assertThat(broken.isCompleted()).isFalse();
        int paid = engine.requests().size();
        healed.set(true);
        Listening whole = Listening.to(longText.speak(BOOK)).takeAll();
        assertThat(engine.requests().subList(paid, engine.requests().size()))
                .isNotEmpty()
                .doesNotContain(engine.requests().getFirst());
        assertThat(whole.heard()).isEqualTo(unrecorded());
        assertThat(contentOf(whole.receipt())).isEqualTo(whole.heard());
    }

    private static byte[] unrecorded() {
        var engine = ScriptedEngine.of(request -> Flux.fromIterable(Signals.chunks(soundOf(request.text()), 4_000)));
        var _ = Listening.to(new LongText(engine, _ -> LIMIT, 1, LongText.Recorder.NONE, SoundBound.STANDARD, () -> {})
                        .speak(BOOK))
                .takeAll();
        return joined(engine);
    }

    private LongText longText(ScriptedEngine engine) {
        return new LongText(
                archive.over(engine),
                _ -> LIMIT,
                1,
                (request, speech) -> ArchivingEngine.recorded(archive.archive(), request, speech),
                SoundBound.STANDARD,
                () -> {});
    }

    private byte[] contentOf(Receipt receipt) throws Exception {
        var file = (WholeFile.Archived) Objects.requireNonNull(receipt.file());
        byte[] wav = Files.readAllBytes(directory.resolve(file.id() + ".wav"));
        return Arrays.copyOfRange(wav, 44, wav.length);
    }

    private static byte[] joined(ScriptedEngine engine) {
        var joined = new ByteArrayOutputStream();
        engine.requests().forEach(request -> joined.writeBytes(soundOf(request.text())));
        return joined.toByteArray();
    }

    /** Returns a text's own sound. */
    private static byte[] soundOf(String text) {
        return Signals.selfIndexing(text.length() * 100);
    }
}
