package dev.stentor.archive;

import static dev.stentor.archive.Recital.REQUEST;
import static dev.stentor.archive.Recital.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are played from the file of an earlier one, and requests that are spoken again. */
class PlayedAgainTest {

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
    void anEqualRequestIsPlayedFromTheFile() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        Receipt first = Listening.to(engine.speak(REQUEST)).takeAll().receipt();
        Listening again = Listening.to(engine.speak(REQUEST)).takeAll();
        assertThat(again.heard()).isEqualTo(SOUND);
        assertThat(again.receipt()).isEqualTo(first);
        assertThat(first.file()).isInstanceOf(WholeFile.Archived.class);
        assertThat(first.samples()).isEqualTo(24_000);
        assertThat(scripted.requests()).hasSize(1);
        assertThat(archive.stats.missed).hasValue(1);
        assertThat(archive.stats.hits).hasValue(1);
    }

    @Test
    void thatHoldsAfterARestartToo() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        Receipt first =
                Listening.to(archive.over(scripted).speak(REQUEST)).takeAll().receipt();
        archive.close();
        archive = new TestArchive(directory);
        Listening again = Listening.to(archive.over(scripted).speak(REQUEST)).takeAll();
        assertThat(again.heard()).isEqualTo(SOUND);
        assertThat(again.receipt()).isEqualTo(first);
        assertThat(scripted.requests()).hasSize(1);
    }

    static Stream<SpeechRequest> others() {
        return Stream.of(
                REQUEST.withText("What is to be said twice."),
                REQUEST.withVoice("Cherry"),
                REQUEST.atSpeed(1.5),
                REQUEST.anew(),
                new SpeechRequest(REQUEST.text(), "m", null, null, null, null),
                new SpeechRequest(REQUEST.text(), null, null, "English", null, null),
                new SpeechRequest(REQUEST.text(), null, null, null, "softly", null),
                new SpeechRequest(REQUEST.text(), null, null, null, null, true));
    }

    @ParameterizedTest
    @MethodSource("others")
    void aRequestThatDiffersIsSpokenAnew(SpeechRequest other) {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        assertThat(Listening.to(engine.speak(REQUEST)).takeAll().receipt().file())
                .isNotNull();
        assertThat(Listening.to(engine.speak(other)).takeAll().receipt().file()).isNotNull();
        assertThat(scripted.requests()).hasSize(2);
    }

    @Test
    void theSoundOfAnotherEngineWillNotDo() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        assertThat(Listening.to(archive.over(scripted, "one").speak(REQUEST))
                        .takeAll()
                        .receipt()
                        .file())
                .isNotNull();
        var _ = Listening.to(archive.over(scripted, "other").speak(REQUEST)).takeAll();
        assertThat(scripted.requests()).hasSize(2);
    }

    @Test
    void whatIsSpokenAnewOrTooLongIsNotKeptForOthers() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        SpeechRequest tooLong = SpeechRequest.of("a".repeat(2_001));
        for (SpeechRequest request : List.of(REQUEST.anew(), REQUEST, tooLong, tooLong)) {
            assertThat(Listening.to(engine.speak(request)).takeAll().receipt().file())
                    .isNotNull();
        }
        assertThat(scripted.requests()).hasSize(4);
        assertThat(archive.archive().files()).isEqualTo(4);
    }

    @Test
    void aFileThatSomebodyTookIsSpokenAnew() throws Exception {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        var file = (WholeFile.Archived) Objects.requireNonNull(
                Listening.to(engine.speak(REQUEST)).takeAll().receipt().file());
        Files.delete(directory.resolve(file.id() + ".wav"));
        Listening again = Listening.to(engine.speak(REQUEST)).takeAll();
        assertThat(again.heard()).isEqualTo(SOUND);
        assertThat(again.receipt().file()).isNotNull().isNotEqualTo(file);
        assertThat(scripted.requests()).hasSize(2);
    }
}
