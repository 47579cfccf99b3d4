package dev.stentor.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.audio.WavHeader;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.publisher.TestPublisher;

class ArchiveTest {

    private static final byte[] SOUND = Signals.selfIndexing(2_400);
    private static final long FILE_TAKES = 4_800 + ArchivedFile.BYTES_BESIDE;

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
    void aFileIsAWavFileOfTheRightSizesAndTheSamplesAsTheyCame() throws Exception {
        String id = record("Hello.");
        ByteBuffer header = WavHeader.ofSamples(2_400);
        byte[] file = archive.bytes(id);
        assertThat(file).hasSize(44 + 4_800).endsWith(SOUND);
        assertThat(ByteBuffer.wrap(file, 0, 44)).isEqualTo(header);
        assertThat(archive.archive().find(id)).hasValueSatisfying(found -> {
            assertThat(found.samples()).isEqualTo(2_400);
            assertThat(found.bytes()).isEqualTo(4_844);
            assertThat(found.characters()).isEqualTo(6);
            assertThat(found.requestId()).isEqualTo("scripted-request");
            assertThat(found.expires())
                    .isEqualTo(archive.now().plus(TestArchive.LIFETIME).plus(Duration.ofHours(1)));
        });
        assertThat(archive.archive().bytes()).isEqualTo(FILE_TAKES);
    }

    @Test
    void nothingOfTheTextIsOnTheDisk() throws Exception {
        String id = record("A secret sentence.");
        String beside = Files.readString(directory.resolve(id + ".properties"), StandardCharsets.UTF_8);
        assertThat(beside).contains("request-key=").doesNotContain("secret").doesNotContain("sentence");
    }

    @Test
    void aFileLivesForADayAndAnHour() {
        String id = record("Hello.");
        archive.time.advanceTimeBy(Duration.ofHours(25).minusSeconds(1));
        assertThat(archive.archive().find(id)).isPresent();
        archive.time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(archive.archive().find(id)).isEmpty();
        archive.time.advanceTimeBy(Duration.ofMinutes(1));
        Awaitility.await()
                .until(() ->
                        archive.names(id).isEmpty() && archive.names(".wav").isEmpty());
        Awaitility.await().until(() -> archive.names(".properties").isEmpty());
        assertThat(archive.archive().bytes()).isZero();
    }

    @Test
    void theLeastRecentlyLinkedGoWhenThereIsNoRoom() {
        reopen(3 * FILE_TAKES);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(record("Sentence " + i));
            archive.time.advanceTimeBy(Duration.ofSeconds(1));
        }
        assertThat(ids.subList(0, 2))
                .allSatisfy(id -> assertThat(archive.archive().find(id)).isEmpty());
        assertThat(ids.subList(2, 5))
                .allSatisfy(id -> assertThat(archive.archive().find(id)).isPresent());
        assertThat(archive.stats.evicted).hasValue(2);
        assertThat(archive.names(".wav")).hasSize(3);
        assertThat(archive.archive().bytes()).isEqualTo(3 * FILE_TAKES);
    }

    @Test
    void aLowerBoundHoldsFromTheStart() {
        String old = record("One.");
        archive.time.advanceTimeBy(Duration.ofSeconds(1));
        String young = record("Two.");
        reopen(FILE_TAKES);
        assertThat(archive.archive().find(old)).isEmpty();
        assertThat(archive.archive().find(young)).isPresent();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAtTheNextStart() throws Exception {
        String whole = record("Whole.");
        String cut = record("Cut.");
        String lonely = record("Lonely.");
        String mute = record("Mute.");
        archive.close();
        try (var file = new RandomAccessFile(directory.resolve(cut + ".wav").toFile(), "rw")) {
            file.setLength(1_000);
        }
        Files.delete(directory.resolve(lonely + ".wav"));
        Files.delete(directory.resolve(mute + ".properties"));
        Files.write(directory.resolve("a0000000000zzz.part"), new byte[10_000]);
        Files.write(directory.resolve("a0000000000zzz.properties.part"), new byte[10]);
        Files.write(directory.resolve("notes.wav"), new byte[10]);
        archive = new TestArchive(directory);
        assertThat(archive.archive().find(whole)).isPresent();
        assertThat(archive.archive().files()).isEqualTo(1);
        assertThat(archive.archive().bytes()).isEqualTo(FILE_TAKES);
        assertThat(archive.names(""))
                .containsExactlyInAnyOrder(whole + ".wav", whole + ".properties", "notes.wav", "archive.lock");
    }

    @Test
    void aSidecarThatIsNonsenseIsNoFile() throws Exception {
        String id = record("Hello.");
        archive.close();
        Files.writeString(directory.resolve(id + ".properties"), "samples=many\n");
        archive = new TestArchive(directory);
        assertThat(archive.archive().find(id)).isEmpty();
        assertThat(archive.names(id)).isEmpty();
    }

    @Test
    void aSidecarThatIsNoTextIsNoFileAndHindersNoStart() throws Exception {
        String id = record("Hello.");
        archive.close();
        Files.write(directory.resolve(id + ".properties"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        archive = new TestArchive(directory);
        assertThat(archive.names(id)).isEmpty();
    }

    @Test
    void aRecordingThatCannotBePublishedLeavesNothing() throws Exception {
        var source = TestPublisher.<ByteBuffer>create();
        Listening listening =
                Listening.to(archive.over(ScriptedEngine.of(_ -> source.flux())).speak(SpeechRequest.of("Hello.")));
        listening.requestUnbounded();
        source.next(ByteBuffer.allocate(960));
        Awaitility.await().until(() -> !archive.names(".part").isEmpty());
        String id = archive.names(".part").getFirst().replace(".part", "");
        Files.createDirectories(directory.resolve(id + ".properties").resolve("inTheWay"));
        source.complete();
        assertThat(listening.takeAll().receipt().file()).isEqualTo(new WholeFile.NotKept(WholeFile.Why.DISK));
        Awaitility.await()
                .untilAsserted(() -> assertThat(archive.names(".part")).isEmpty());
    }

    @Test
    void twoCannotUseOneFolder() {
        assertThatThrownBy(() -> new TestArchive(directory)).hasMessageContaining("this process uses it already");
    }

    @Test
    void anyStringMayBeAskedFor() {
        for (String id : List.of("", "../../etc/passwd", "a/b", "a0000000000zzz")) {
            assertThat(archive.archive().find(id)).isEmpty();
        }
    }

    private void reopen(long maxBytes) {
        archive.close();
        archive = new TestArchive(directory, maxBytes, archive.time);
    }

    private String record(String text) {
        SpeechEngine engine = archive.over(ScriptedEngine.speaking(SOUND, 960));
        var receipt =
                Listening.to(engine.speak(SpeechRequest.of(text))).takeAll().receipt();
        return ((WholeFile.Archived) Objects.requireNonNull(receipt.file())).id();
    }
}
