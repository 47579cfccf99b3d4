package dev.stentor.archive;

import static dev.stentor.archive.Recital.CHUNKS;
import static dev.stentor.archive.Recital.REQUEST;
import static dev.stentor.archive.Recital.SOUND;
import static dev.stentor.archive.Recital.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fail, hang or are too small, without harm to the listener. */
class FailingDiskTest {

    @TempDir
    Path directory;

    private TestArchive archive;
    private final Recital recital = new Recital();

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void aDiskThatFailsHurtsNobodyWhoIsThere() throws Exception {
        SpeechEngine engine = archive.over(recital.engine);
        Files.delete(directory.resolve("archive.lock"));
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        Files.delete(directory);
        Listening first = Listening.to(engine.speak(REQUEST));
        Listening second = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        CHUNKS.subList(0, 5).forEach(recital.source::next);
        Awaitility.await().until(() -> archive.stats.writeFailures.get() == 1);
        CHUNKS.subList(5, 10).forEach(recital.source::next);
        recital.source.complete();
        eventually(() -> assertThat(first.heard()).isEqualTo(SOUND));
        assertThat(second.takeAll().heard()).isEqualTo(SOUND);
        assertThat(first.receipt().file()).isEqualTo(new WholeFile.NotKept(WholeFile.Why.DISK));
        assertThat(first.receipt().ending()).isEqualTo(Receipt.Ending.COMPLETE);
    }

    @Test
    void whoComesAfterARecordingWasGivenUpIsSpokenToAnew() throws Exception {
        SpeechEngine engine = archive.over(recital.engine);
        Files.delete(directory.resolve("archive.lock"));
        Files.delete(directory);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        CHUNKS.subList(0, 5).forEach(recital.source::next);
        Awaitility.await().until(() -> archive.stats.writeFailures.get() == 1);
        recital.source.next(CHUNKS.get(5));
        eventually(() -> assertThat(first.heard()).hasSize(6 * 4_800));
        Listening second = Listening.to(engine.speak(REQUEST));
        eventually(() -> assertThat(recital.engine.requests()).hasSize(2));
        assertThat(second.failure()).isNull();
        second.cancel();
        first.cancel();
    }

    @Test
    void aDiskThatHangsHoldsNoReceiptBackForLong() {
        Speech spoken = archive.over(recital.engine).speak(REQUEST);
        Listening first = Listening.to(spoken);
        first.requestUnbounded();
        var hanging = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            var _ = archive.archive().threads().schedule(() -> awaitQuietly(hanging));
        }
        CHUNKS.forEach(recital.source::next);
        recital.source.complete();
        assertThat(first.heard()).isEqualTo(SOUND);
        assertThat(first.isCompleted()).isTrue();
        archive.time.advanceTimeBy(Duration.ofSeconds(6));
        assertThat(first.receipt().file()).isEqualTo(new WholeFile.NotKept(WholeFile.Why.DISK));
        hanging.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            var _ = latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsLargerThanTheArchiveIsHeardAndNotKept() {
        archive.close();
        archive = new TestArchive(directory, 20_000, archive.time);
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        Listening first = Listening.to(archive.over(scripted).speak(REQUEST)).takeAll();
        assertThat(first.heard()).isEqualTo(SOUND);
        assertThat(first.receipt().file()).isEqualTo(new WholeFile.NotKept(WholeFile.Why.TOO_LONG));
        assertThat(archive.stats.writeFailures).hasValue(1);
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
        assertThat(archive.names(".part")).isEmpty();
    }

    @Test
    void anEndlessRecordingIsGivenUpBeforeOthersAreDeletedForIt() {
        archive.close();
        archive = new TestArchive(directory, 200_000, 60_000, archive.time);
        SpeechEngine engine = archive.over(ScriptedEngine.speaking(SOUND, 4_800));
        for (int i = 0; i < 2; i++) {
            var _ = Listening.to(engine.speak(REQUEST.withText("text " + i)))
                    .takeAll()
                    .receipt();
        }
        assertThat(archive.archive().files()).isEqualTo(2);
        Listening listening =
                Listening.to(archive.over(ScriptedEngine.endless(4_800)).speak(REQUEST));
        listening.request(1_000);
        eventually(() -> assertThat(listening.heard()).hasSize(4_800_000));
        assertThat(archive.stats.writeFailures).hasValue(1);
        listening.cancel();
        Awaitility.await().until(() -> archive.names(".part").isEmpty());
        assertThat(archive.archive().files()).isEqualTo(2);
        assertThat(archive.stats.evicted).hasValue(0);
    }
}
