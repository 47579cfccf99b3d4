package dev.stentor.archive;

import static dev.stentor.archive.Recital.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpokenWord;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** The places of words, which are kept beside a recording with those of sentences. */
class KeptWordsTest {

    private static final String TEXT = "The gates open at nine. Please wait.";
    private static final SpeechRequest REQUEST = SpeechRequest.of(TEXT);
    private static final SegmentMark FIRST = new SegmentMark(0, 2, 0, 23, 0);
    private static final SegmentMark SECOND =
            new SegmentMark(1, 2, 24, 36, 13_001, List.of(new SpokenWord(24, 30, 500, 6_000)));

    @TempDir
    Path directory;

    private TestArchive archive;
    private final ScriptedEngine sounds = ScriptedEngine.speaking(SOUND, 4_800);

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void wordsAreKeptWithTheirSentenceAlsoAfterARestart() throws Exception {
        List<SpokenWord> words = List.of(
                new SpokenWord(0, 3, 120, 4_000),
                new SpokenWord(4, 9, 4_100, 9_000),
                new SpokenWord(10, 14, 9_000, 9_000));
        List<SegmentMark> told = List.of(FIRST.with(words.subList(0, 1)), FIRST.with(words.subList(1, 3)), SECOND);
        assertThat(play(told)).isEqualTo(told);
        assertThat(play(told)).containsExactly(FIRST.with(words), SECOND);
        archive.close();
        archive = new TestArchive(directory);
        assertThat(play(told)).containsExactly(FIRST.with(words), SECOND);
        assertThat(sounds.requests()).hasSize(1);
        assertThat(timing()).hasSize(12 + 6 * 20 + 4);
    }

    @Test
    void theWordsOfATextOfOneSentenceAreKeptToo() {
        SegmentMark whole = new SegmentMark(0, 1, 0, TEXT.length(), 0, List.of(new SpokenWord(0, 3, 0, 4_000)));
        assertThat(play(List.of(whole))).containsExactly(whole);
        assertThat(play(List.of(whole))).containsExactly(whole);
    }

    @Test
    void wordsThatAreNotInTheirSentenceOrNotInTheSoundAreNotRead() throws Exception {
        List<SegmentMark> told = List.of(FIRST.with(List.of(new SpokenWord(4, 9, 100, 200))), SECOND);
        assertThat(play(told)).isEqualTo(told);
        byte[] file = Files.readAllBytes(timing());
        int word = 12 + 20;
        for (int[] change : new int[][] {{word + 4, 9}, {word + 8, 30}, {word + 12, 300}, {word + 16, 1 << 30}}) {
            ByteBuffer changed = ByteBuffer.wrap(file.clone()).putInt(change[0], change[1]);
            var sum = new CRC32C();
            sum.update(changed.slice(0, file.length - 4));
            Files.write(
                    timing(),
                    changed.putInt(file.length - 4, (int) sum.getValue()).array());
            assertThat(play(told)).as("at " + change[0]).isEmpty();
            Files.write(timing(), file);
            assertThat(play(told)).isEqualTo(told);
        }
    }

    /** Plays the text to its end, checks its sound, and returns the marks that were told. */
    private List<SegmentMark> play(List<SegmentMark> marks) {
        Speech speech = archive.over(request -> sounds.speak(request).withMarks(Flux.fromIterable(marks)))
                .speak(REQUEST);
        List<SegmentMark> told = new CopyOnWriteArrayList<>();
        speech.marks().subscribe(told::add);
        Listening listening = Listening.to(speech).takeAll();
        assertThat(listening.heard()).isEqualTo(SOUND);
        assertThat(listening.receipt().file()).isInstanceOf(WholeFile.Archived.class);
        return List.copyOf(told);
    }

    private Path timing() {
        String sound = Objects.requireNonNull(archive.names(".wav").getFirst());
        return directory.resolve(sound.replace(".wav", ".timing"));
    }
}
