package dev.stentor.archive;

import static dev.stentor.archive.Recital.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

/** The places at which sentences begin, which are kept beside a recording and told again with it. */
class KeptMarksTest {

    private static final String TEXT = "The gates open at nine. Please wait.";
    private static final SpeechRequest REQUEST = SpeechRequest.of(TEXT);
    private static final List<SegmentMark> MARKS =
            List.of(new SegmentMark(0, 2, 0, 23, 0), new SegmentMark(1, 2, 24, 36, 13_001));
    private static final int TIMING_BYTES = 12 + 2 * 20 + 4;

    @TempDir
    Path directory;

    private TestArchive archive;
    private final ScriptedEngine sounds = ScriptedEngine.speaking(SOUND, 4_800);
    private final SpeechEngine spoken = marked(MARKS);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        archive.close();
    }

    @Test
    void aRecordingIsPlayedWithTheMarksThatItWasSpokenWith() throws Exception {
        assertThat(play()).isEqualTo(MARKS);
        assertThat(play()).isEqualTo(MARKS);
        assertThat(sounds.requests()).hasSize(1);
        String beside = new String(Files.readAllBytes(timing()), StandardCharsets.ISO_8859_1);
        assertThat(beside).hasSize(TIMING_BYTES).startsWith("STIM").doesNotContain("gates");
    }

    @Test
    void thatHoldsAfterARestartToo() {
        var _ = play();
        long before = archive.archive().bytes();
        reopen();
        assertThat(play()).isEqualTo(MARKS);
        assertThat(sounds.requests()).hasSize(1);
        assertThat(archive.archive().bytes()).isEqualTo(before);
    }

    @Test
    void theMarksAreToldBeforeTheFirstSoundOfTheFile() {
        var _ = play();
        Speech again = archive.over(spoken).speak(REQUEST);
        List<SegmentMark> told = new CopyOnWriteArrayList<>();
        again.marks().subscribe(told::add);
        var _ = Listening.to(again).take(1);
        assertThat(told).isEqualTo(MARKS);
    }

    @Test
    void marksThatComeWithTheSoundAreAllKept() {
        Sinks.Many<SegmentMark> marks = Sinks.many().replay().all();
        TestPublisher<ByteBuffer> sound = TestPublisher.create();
        var engine = archive.over(request -> {
            Speech speech = ScriptedEngine.of(_ -> sound.flux()).speak(request);
            return speech.withMarks(marks.asFlux());
        });
        Listening first = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        Speech joined = engine.speak(REQUEST);
        Listening second = Listening.to(joined);
        second.requestUnbounded();
        marks.tryEmitNext(MARKS.get(0)).orThrow();
        sound.next(ByteBuffer.wrap(SOUND, 0, 26_002).slice().asReadOnlyBuffer());
        marks.tryEmitNext(MARKS.get(1)).orThrow();
        sound.next(ByteBuffer.wrap(SOUND, 26_002, SOUND.length - 26_002).slice().asReadOnlyBuffer());
        sound.complete();
        marks.tryEmitComplete().orThrow();
        assertThat(joined.marks().take(2).collectList().block(Duration.ofSeconds(10)))
                .as("those who share the call")
                .isEqualTo(MARKS);
        assertThat(first.receipt().file()).isNotNull();
        assertThat(archive.stats.joined).hasValue(1);
        assertThat(play()).isEqualTo(MARKS);
        assertThat(sounds.requests()).isEmpty();
    }

    @Test
    void aRecordingWithoutMarksIsPlayedWithoutThemAndNotSpokenAgain() throws Exception {
        var _ = play();
        Files.delete(timing());
        assertThat(play()).isEmpty();
        reopen();
        assertThat(play()).isEmpty();
        assertThat(sounds.requests()).hasSize(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void aFileOfAnotherVersionIsIgnoredAndStays() throws Exception {
        var _ = play();
        Files.write(timing(), flipped(Files.readAllBytes(timing()), 5, 3));
        assertThat(play()).isEmpty();
        assertThat(sounds.requests()).hasSize(1);
        assertThat(timing()).exists();
        assertThat(log.list).isEmpty();
    }

    @Test
    void aTornFileCountsAsNoneAndIsToldOnce() throws Exception {
        var _ = play();
        byte[] whole = Files.readAllBytes(timing());
        for (int length : new int[] {0, 1, 5, 11, 12, 31, 32, 51, 52, TIMING_BYTES - 1}) {
            log.list.clear();
            Files.write(timing(), Arrays.copyOf(whole, length));
            assertThat(play()).as("%d bytes", length).isEmpty();
            assertThat(play()).isEmpty();
            assertThat(log.list).as("%d bytes", length).hasSize(1);
            assertThat(log.list.getFirst().getFormattedMessage()).contains("one caption");
            assertThat(log.list.getFirst().toString() + log.list.getFirst().getKeyValuePairs())
                    .doesNotContain("gates");
        }
        Files.write(timing(), whole);
        assertThat(play()).isEqualTo(MARKS);
        assertThat(sounds.requests()).hasSize(1);
    }

    @Test
    void aFileWithAWrongBitCountsAsNone() throws Exception {
        var _ = play();
        byte[] whole = Files.readAllBytes(timing());
        for (int at = 0; at < whole.length; at++) {
            Files.write(timing(), flipped(whole, at, 1 << (at % 8)));
            assertThat(play()).as("byte %d", at).isEmpty();
        }
        assertThat(sounds.requests()).hasSize(1);
    }

    @Test
    void marksThatDoNotFitTheTextAreNotPlayed() {
        var wrong = archive.over(marked(List.of(MARKS.get(0), new SegmentMark(1, 2, 24, 37, 13_001))));
        assertThat(marks(wrong.speak(REQUEST))).hasSize(2);
        assertThat(play()).isEmpty();
    }

    @Test
    void theMarkOfAWholeTextNeedsNoFile() {
        var one = archive.over(marked(List.of(new SegmentMark(0, 1, 0, TEXT.length(), 0))));
        assertThat(marks(one.speak(REQUEST))).hasSize(1);
        assertThat(archive.names(".timing")).isEmpty();
    }

    @Test
    void theFileCountsAgainstTheQuotaAndGoesWithItsRecording() {
        var _ = play();
        assertThat(archive.archive().bytes()).isEqualTo(SOUND.length + ArchivedFile.BYTES_BESIDE + TIMING_BYTES);
        archive.time.advanceTimeBy(Duration.ofHours(25));
        Awaitility.await().until(() -> archive.names(".timing").isEmpty());
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
    }

    @Test
    void aRecordingForWhoseMarksThereIsNoRoomIsKeptWithoutThem() {
        archive.close();
        long room = SOUND.length + ArchivedFile.BYTES_BESIDE + TIMING_BYTES - 1;
        archive = new TestArchive(directory, room, archive.time);
        assertThat(play()).isEqualTo(MARKS);
        assertThat(play()).isEmpty();
        assertThat(sounds.requests()).hasSize(1);
        assertThat(archive.names("timing")).isEmpty();
        assertThat(archive.archive().bytes()).isEqualTo(SOUND.length + ArchivedFile.BYTES_BESIDE);
        assertThat(archive.stats.writeFailures).hasValue(0);
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAtTheNextStart() throws Exception {
        var _ = play();
        archive.close();
        Files.write(directory.resolve("a0000000000x01.timing"), new byte[60]);
        Files.write(directory.resolve("a0000000000x02.timing.part"), new byte[60]);
        archive = new TestArchive(directory);
        assertThat(archive.names(".timing")).hasSize(1);
        assertThat(play()).isEqualTo(MARKS);
    }

    private void reopen() {
        archive.close();
        archive = new TestArchive(directory);
    }

    /** Plays the text to its end, checks its sound, and returns the marks that were told. */
    private List<SegmentMark> play() {
        return marks(archive.over(spoken).speak(REQUEST));
    }

    private static List<SegmentMark> marks(Speech speech) {
        List<SegmentMark> told = new CopyOnWriteArrayList<>();
        speech.marks().subscribe(told::add);
        Listening listening = Listening.to(speech).takeAll();
        assertThat(listening.heard()).isEqualTo(SOUND);
        assertThat(listening.receipt().file()).isInstanceOf(WholeFile.Archived.class);
        return List.copyOf(told);
    }

    private SpeechEngine marked(List<SegmentMark> marks) {
        return request -> sounds.speak(request).withMarks(Flux.fromIterable(marks));
    }

    private Path timing() {
        String sound = Objects.requireNonNull(archive.names(".wav").getFirst());
        return directory.resolve(sound.replace(".wav", ".timing"));
    }

    private static byte[] flipped(byte[] bytes, int at, int bits) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(TimingFile.class);
    }
}
