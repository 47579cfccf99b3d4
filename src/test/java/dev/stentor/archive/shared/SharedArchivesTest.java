package dev.stentor.archive.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.ArchivedFile;
import dev.stentor.archive.UnreachableArchiveException;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessClaims;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Equal requests at several nodes, and recordings that another node has. */
class SharedArchivesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] SOUND = Signals.selfIndexing(24_000);
    private static final SpeechRequest REQUEST = SpeechRequest.of("What is to be said once.");

    @TempDir
    Path oneDirectory;

    @TempDir
    Path twoDirectory;

    private final InProcessClaims claims = new InProcessClaims(new VirtualClock());
    private final Map<String, ArchiveNode> nodes = new ConcurrentHashMap<>();
    private ArchiveNode one;
    private ArchiveNode two;

    @BeforeEach
    void open() {
        one = new ArchiveNode("a0000000000one", oneDirectory, claims, nodes);
        two = new ArchiveNode("a0000000000two", twoDirectory, claims, nodes);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    /** A hearing of a whole speech. */
    private record Hearing(CompletableFuture<@Nullable ByteBuffer> sound, Mono<Receipt> receipt) {
        byte[] heard() throws Exception {
            return Objects.requireNonNull(sound.get(20, TimeUnit.SECONDS)).array();
        }
    }

    private static Hearing hear(ArchiveNode node) {
        Speech speech = node.engine.speak(REQUEST);
        var sound = speech.audio()
                .reduce(ByteBuffer.allocate(SOUND.length), (all, part) -> all.put(part.duplicate()))
                .toFuture();
        return new Hearing(sound, speech.receipt());
    }

    private static void speak(ArchiveNode node) {
        awaitCall(node);
        node.sound.next(ByteBuffer.wrap(SOUND)).complete();
    }

    private static void awaitCall(ArchiveNode node) {
        Awaitility.await().until(() -> node.voice.requests().size() == 1 && node.sound.subscribeCount() == 1);
    }

    private String recorded() throws Exception {
        Hearing hearing = hear(one);
        speak(one);
        assertThat(hearing.heard()).isEqualTo(SOUND);
        Receipt receipt = Objects.requireNonNull(hearing.receipt().block(LIMIT));
        return ((WholeFile.Archived) Objects.requireNonNull(receipt.file())).id();
    }

    @Test
    void theSameTextAtTwoNodesAtOnceIsSpokenOnce() throws Exception {
        Hearing first = hear(one);
        awaitCall(one);
        Hearing second = hear(two);
        Hearing third = hear(two);
        speak(one);
        assertThat(second.heard()).isEqualTo(SOUND);
        assertThat(third.heard()).isEqualTo(SOUND);
        assertThat(first.heard()).isEqualTo(SOUND);
        assertThat(two.voice.requests()).isEmpty();
        assertThat(one.fetched).hasValue(1);
    }

    @Test
    void whatOneNodeHasSaidAnotherOnePlaysAndKeeps() throws Exception {
        var _ = recorded();
        assertThat(hear(two).heard()).isEqualTo(SOUND);
        one.die();
        assertThat(hear(two).heard()).isEqualTo(SOUND);
        assertThat(two.voice.requests()).isEmpty();
        assertThat(one.fetched).hasValue(1);
    }

    @Test
    void afterFiveSecondsANodeSpeaksItself() throws Exception {
        var _ = hear(one);
        awaitCall(one);
        Hearing second = hear(two);
        two.archive.advance(Duration.ofMillis(4_990));
        assertThat(two.voice.requests()).isEmpty();
        two.archive.advance(Duration.ofMillis(20));
        speak(two);
        assertThat(second.heard()).isEqualTo(SOUND);
    }

    @Test
    void whereTheNodeThatSpeaksIsGoneAnotherSpeaksAtOnce() throws Exception {
        var _ = hear(one);
        awaitCall(one);
        one.die();
        Hearing second = hear(two);
        speak(two);
        assertThat(second.heard()).isEqualTo(SOUND);
    }

    @Test
    void whereTheNodeThatSpeaksFailsAnotherSpeaksAtOnce() throws Exception {
        Hearing first = hear(one);
        awaitCall(one);
        Hearing second = hear(two);
        one.sound.error(new IllegalStateException("no voice"));
        speak(two);
        assertThat(second.heard()).isEqualTo(SOUND);
        assertThat(first.sound()).failsWithin(LIMIT);
    }

    @Test
    void withoutWhatIsSharedANodeSpeaksAtOnce() throws Exception {
        var _ = hear(one);
        awaitCall(one);
        claims.away(true);
        Hearing second = hear(two);
        speak(two);
        assertThat(second.heard()).isEqualTo(SOUND);
    }

    @Test
    void whoSpokeInsteadOfAnotherHasTheClaimFromThenOn() throws Exception {
        var _ = hear(one);
        awaitCall(one);
        one.die();
        Hearing second = hear(two);
        speak(two);
        assertThat(second.heard()).isEqualTo(SOUND);
        var three = new ArchiveNode("a00000000three", oneDirectory.resolve("three"), claims, nodes);
        assertThat(hear(three).heard()).isEqualTo(SOUND);
        assertThat(three.voice.requests()).isEmpty();
        three.close();
    }

    @Test
    void aRecordingThatIsLinkedElsewhereIsFetchedOnce() throws Exception {
        String id = recorded();
        Mono<ArchivedFile> fetched = two.shared.fetch("a0000000000one", id);
        StepVerifier.create(Mono.zip(fetched, fetched).map(both -> both.getT1().id()))
                .expectNext(id)
                .expectComplete()
                .verify(LIMIT);
        assertThat(two.archive.archive().find(id)).isPresent();
        assertThat(one.fetched).hasValue(1);
    }

    @Test
    void aLinkedRecordingThatIsGoneIsNotThereAndOneOutOfReachIsSaidToBe() throws Exception {
        String id = recorded();
        StepVerifier.create(two.shared.fetch("a0000000000one", "a0000000000zzz"))
                .expectComplete()
                .verify(LIMIT);
        one.die();
        StepVerifier.create(two.shared.fetch("a0000000000one", id))
                .expectError(UnreachableArchiveException.class)
                .verify(LIMIT);
        assertThat(two.archive.archive().find(id)).isEmpty();
    }
}
