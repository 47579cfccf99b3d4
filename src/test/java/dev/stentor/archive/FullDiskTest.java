package dev.stentor.archive;

import static dev.stentor.archive.Recital.REQUEST;
import static dev.stentor.archive.Recital.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A disk that is full before the archive's own bound: nobody's sound suffers, and the archive works again when there is room. */
class FullDiskTest {

    /** Room for one recording and a half, besides 100,000 bytes that other programs take. */
    private static final long DISK_BYTES = 180_000;

    private final FileSystem disk = Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setMaxSize(DISK_BYTES).build());

    private final Path others = disk.getPath("/others");
    private final SpeechEngine spoken = ScriptedEngine.speaking(SOUND, 4_800);
    private TestArchive archive;
    private SpeechEngine engine;

    @BeforeEach
    void open() throws IOException {
        Files.write(others, new byte[100_000]);
        archive = new TestArchive(disk.getPath("/archive"), 1 << 30, VirtualTimeScheduler.create());
        engine = archive.over(spoken);
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
        disk.close();
    }

    @Test
    void aRecordingForWhichTheDiskHasNoRoomIsHeardWholeAndLeavesNothing() {
        assertThat(kept("The first.")).isTrue();
        assertThat(kept("The second.")).isFalse();
        assertThat(archive.stats.writeFailures).hasValue(1);
        assertThat(archive.stats.evicted).hasValue(0);
        Awaitility.await()
                .untilAsserted(() -> assertThat(archive.names("."))
                        .as("the first recording, what is told beside it, and the lock")
                        .hasSize(3));
        assertThat(archive.archive().bytes())
                .as("no quota is taken by what was given up")
                .isLessThan(SOUND.length + 10_000);
        assertThat(kept("The first.")).as("it is played from its file").isTrue();
        assertThat(archive.stats.hits).hasValue(1);
    }

    @Test
    void whenThereIsRoomAgainRecordingsAreKeptAgain() throws IOException {
        assertThat(kept("The first.")).isTrue();
        assertThat(kept("The second.")).isFalse();
        Files.delete(others);
        Awaitility.await().until(() -> archive.names(".part").isEmpty());
        assertThat(kept("The third.")).isTrue();
        assertThat(archive.archive().files()).isEqualTo(2);
    }

    /** Speaks a text, whose sound must be complete; returns whether it is kept. */
    private boolean kept(String text) {
        Listening listening = Listening.to(engine.speak(REQUEST.withText(text))).takeAll();
        assertThat(listening.heard()).isEqualTo(SOUND);
        return listening.receipt().file() instanceof WholeFile.Archived;
    }
}
