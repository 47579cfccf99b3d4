package dev.stentor.archive;

import static dev.stentor.archive.Recital.REQUEST;
import static dev.stentor.archive.Recital.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Recordings that one archive has from another one. */
class RecordingCopiesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path here;

    @TempDir
    Path there;

    private TestArchive one;
    private TestArchive two;
    private RecordingCopies from;
    private RecordingCopies to;
    private String id;

    @BeforeEach
    void record() {
        one = new TestArchive(here);
        two = new TestArchive(there);
        from = new RecordingCopies(one.archive());
        to = new RecordingCopies(two.archive());
        Listening first =
                Listening.to(one.over(ScriptedEngine.speaking(SOUND, 4_800)).speak(REQUEST));
        var _ = first.takeAll();
        id = ((WholeFile.Archived) Objects.requireNonNull(first.receipt().file())).id();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private RecordingHead head() {
        return Objects.requireNonNull(from.head(id).block(LIMIT));
    }

    private void assertNothingIsKept() {
        assertThat(two.archive().find(id)).isEmpty();
        assertThat(two.names(id)).isEmpty();
        assertThat(two.archive().bytes()).isZero();
    }

    @Test
    void aCopyIsTheSameFileToTheByteUnderTheSameName() throws Exception {
        ArchivedFile copy =
                Objects.requireNonNull(to.keep(head(), from.sound(id)).block(LIMIT));
        assertThat(copy.id()).isEqualTo(id);
        assertThat(Files.readAllBytes(there.resolve(id + ".wav"))).isEqualTo(one.bytes(id));
        assertThat(two.archive().bytes()).isEqualTo(one.archive().bytes());
        assertThat(copy.receipt())
                .isEqualTo(one.archive().find(id).orElseThrow().receipt());
    }

    @Test
    void aCopyAnswersEqualRequestsAndOutlivesTheProcess() {
        var _ = to.keep(head(), from.sound(id)).block(LIMIT);
        two.close();
        two = new TestArchive(there);
        ScriptedEngine silent = ScriptedEngine.of(_ -> Flux.error(new AssertionError("spoken again")));
        assertThat(Listening.to(two.over(silent).speak(REQUEST)).takeAll().heard())
                .isEqualTo(SOUND);
    }

    @Test
    void whereTheSentencesBeginIsCopiedToo() {
        ByteBuffer timing = ByteBuffer.wrap(new byte[] {1, 2, 3});
        RecordingHead told = head();
        var marked =
                new RecordingHead(id, told.samples(), told.characters(), told.requestId(), told.requestKey(), timing);
        ArchivedFile copy =
                Objects.requireNonNull(to.keep(marked, from.sound(id)).block(LIMIT));
        assertThat(copy.timingBytes()).isEqualTo(3);
        assertThat(there.resolve(id + TimingFile.SUFFIX)).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(Objects.requireNonNull(to.head(id).block(LIMIT)).timing()).isEqualTo(timing);
    }

    @Test
    void ofASoundThatBreaksOffNothingIsKept() {
        Flux<ByteBuffer> broken = from.sound(id).take(1).concatWith(Flux.error(new IOException("cut")));
        StepVerifier.create(to.keep(head(), broken))
                .expectError(IOException.class)
                .verify(LIMIT);
        assertNothingIsKept();
    }

    @Test
    void ofASoundOfAnotherLengthNothingIsKept() {
        Flux<ByteBuffer> longer = from.sound(id).concatWith(Flux.just(ByteBuffer.allocate(2)));
        StepVerifier.create(to.keep(head(), longer))
                .expectError(UnreachableArchiveException.class)
                .verify(LIMIT);
        assertNothingIsKept();
        Flux<ByteBuffer> shorter = Flux.just(ByteBuffer.allocate(SOUND.length - 2));
        StepVerifier.create(to.keep(head(), shorter))
                .expectError(UnreachableArchiveException.class)
                .verify(LIMIT);
        assertNothingIsKept();
    }

    @Test
    void aRecordingThatIsTooLongHereIsNotKept() {
        two.close();
        two = TestArchive.ofShort(there, SOUND.length - 2);
        to = new RecordingCopies(two.archive());
        StepVerifier.create(to.keep(head(), from.sound(id)))
                .expectError(UnreachableArchiveException.class)
                .verify(LIMIT);
        assertNothingIsKept();
    }

    @Test
    void whatIsNoIdMakesNoFile() {
        RecordingHead told = head();
        var bad = new RecordingHead("../x", told.samples(), 1, "r", null, ByteBuffer.allocate(0));
        StepVerifier.create(to.keep(bad, from.sound(id)))
                .expectError(IOException.class)
                .verify(LIMIT);
        assertThat(there.resolve("../x.part")).doesNotExist();
    }

    @Test
    void whatIsThereAlreadyIsNotFetched() {
        var _ = to.keep(head(), from.sound(id)).block(LIMIT);
        StepVerifier.create(to.keep(head(), Flux.error(new AssertionError("fetched again"))))
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aRecordingIsAwaitedWhileItIsMade() {
        var recital = new Recital();
        SpeechRequest request = SpeechRequest.of("Another text.");
        Listening listening = Listening.to(two.over(recital.engine).speak(request));
        listening.requestUnbounded();
        recital.source.next(ByteBuffer.wrap(SOUND));
        String key = new RequestKeys(SigningKey.of("a key for tests only"), () -> "test").of(request);
        StepVerifier.create(to.awaited(key).map(RecordingHead::samples))
                .then(recital.source::complete)
                .expectNext((long) SOUND.length / 2)
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(to.awaited("another")).expectComplete().verify(LIMIT);
    }

    @Test
    void whoAwaitsARecordingThatFailsIsToldSo() {
        var recital = new Recital();
        SpeechRequest request = SpeechRequest.of("Another text.");
        Listening listening = Listening.to(two.over(recital.engine).speak(request));
        listening.requestUnbounded();
        String key = new RequestKeys(SigningKey.of("a key for tests only"), () -> "test").of(request);
        StepVerifier.create(to.awaited(key))
                .then(() -> recital.source.error(new IllegalStateException("no voice")))
                .expectComplete()
                .verify(LIMIT);
    }
}
