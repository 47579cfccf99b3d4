package dev.stentor.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of how long files live: as long as their longest link, also across a restart. */
class FileLivesTest {

    private static final byte[] SOUND = Signals.selfIndexing(2_400);
    private static final long FILE_TAKES = SOUND.length + ArchivedFile.BYTES_BESIDE;
    private static final Duration DAY = TestArchive.LIFETIME;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    void aLinkIsWhatTheDiskSaysAlsoAfterARestart() {
        String id = record("Hello.");
        archive.advance(DAY.minusSeconds(4));
        assertThat(link(id)).isEqualTo(Instant.EPOCH.plus(DAY.multipliedBy(2)).minusSeconds(4));
        reopen(1 << 30);
        archive.advance(DAY.minusSeconds(1));
        assertThat(archive.archive().find(id)).isPresent();
        archive.advance(Duration.ofHours(1).plusSeconds(1));
        assertThat(archive.archive().find(id)).isEmpty();
    }

    @Test
    void aFileThatIsLinkedAllTheTimeIsWrittenOnceAnHour() throws Exception {
        String id = record("Hello.");
        String before = sidecar(id);
        archive.advance(Duration.ofMinutes(59));
        assertThat(link(id)).isEqualTo(Instant.EPOCH.plus(DAY).plus(Duration.ofMinutes(59)));
        assertThat(sidecar(id)).isEqualTo(before);
        archive.advance(Duration.ofMinutes(2));
        assertThat(link(id)).isEqualTo(Instant.EPOCH.plus(DAY).plus(Duration.ofMinutes(61)));
        String longer = sidecar(id);
        assertThat(longer).isNotEqualTo(before);
        archive.advance(Duration.ofMinutes(59));
        assertThat(link(id)).isNotNull();
        assertThat(sidecar(id)).isEqualTo(longer);
    }

    @Test
    void theLeastRecentlyLinkedGoesWhenRoomIsShort() {
        reopen(2 * FILE_TAKES);
        String first = record("One.");
        archive.advance(Duration.ofSeconds(1));
        String second = record("Two.");
        archive.advance(Duration.ofSeconds(1));
        assertThat(link(first)).isNotNull();
        archive.advance(Duration.ofSeconds(1));
        var _ = record("Three.");
        assertThat(archive.archive().find(first)).isPresent();
        assertThat(archive.archive().find(second)).isEmpty();
        assertThat(link(second)).isNull();
    }

    @Test
    void aFileThatIsPlayedToTheEndOfItsLifeCanStillBeLinked() {
        String id = record("Hello.");
        archive.advance(DAY.plus(Duration.ofMinutes(59)));
        Instant end = end(id);
        assertThat(record("Hello.")).isEqualTo(id);
        await().atMost(PATIENCE).until(() -> end(id).isAfter(end)); // written beside the playing
        archive.advance(Duration.ofHours(2));
        assertThat(link(id)).isEqualTo(archive.now().plus(DAY));
    }

    @Test
    void aLifeThatCannotBeWrittenMakesTheLinkShorterAndSaysSo() throws Exception {
        String id = record("Hello.");
        Path inTheWay = directory.resolve(id + ".properties.part").resolve("inTheWay");
        Files.createDirectories(inTheWay);
        archive.advance(DAY);
        assertThat(link(id)).isEqualTo(Instant.EPOCH.plus(DAY).plus(Duration.ofHours(1)));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(link(id)).isEqualTo(archive.now().plus(DAY));
    }

    @Test
    void aDescriptionOfAnEarlierVersionIsUnderstood() throws Exception {
        String id = record("Hello.");
        archive.close();
        Path sidecar = directory.resolve(id + ".properties");
        Files.write(
                sidecar,
                Files.readAllLines(sidecar).stream()
                        .filter(line -> !line.startsWith("linked="))
                        .toList());
        archive = new TestArchive(directory);
        assertThat(archive.archive().find(id))
                .hasValueSatisfying(file -> assertThat(file.linked()).isEqualTo(file.created()));
    }

    private String record(String text) {
        SpeechEngine engine = archive.over(ScriptedEngine.speaking(SOUND, PcmFormat.SPEECH.bytesPerFrame() * 480));
        var file = Listening.to(engine.speak(SpeechRequest.of(text)))
                .takeAll()
                .receipt()
                .file();
        return ((WholeFile.Archived) Objects.requireNonNull(file)).id();
    }

    private Instant end(String id) {
        return archive.archive().find(id).orElseThrow().expires();
    }

    private @Nullable Instant link(String id) {
        return archive.archive().linked(id).block(PATIENCE);
    }

    private String sidecar(String id) throws Exception {
        return Files.readString(directory.resolve(id + ".properties"));
    }

    private void reopen(long maxBytes) {
        VirtualTimeScheduler time = archive.time;
        archive.close();
        archive = new TestArchive(directory, maxBytes, time);
    }
}
