package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.ArchivedFile;
import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.RecordingHead;
import dev.stentor.archive.TestArchive;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** Recordings that one node fetches from another one, over real sockets. */
class PeerRecordingsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PeerSecret SECRET = new PeerSecret("a secret of sixteen bytes or more");
    private static final byte[] SOUND = Signals.selfIndexing(240_000);

    @TempDir
    Path there;

    @TempDir
    Path here;

    private final PeerRecordings client = new PeerRecordings(SECRET);
    private TestArchive owner;
    private TestArchive own;
    private DisposableServer server;
    private ClusterNode node;
    private String id;

    @BeforeEach
    void open() {
        owner = new TestArchive(there);
        own = new TestArchive(here);
        var answers = new RecordingAnswers(new RecordingCopies(owner.archive()));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(
                                exchange -> answers.answer(exchange.getRequest(), exchange.getResponse()))
                        .codecConfigurer(ServerCodecConfigurer.create())
                        .build()))
                .bindNow();
        node = new ClusterNode("owner", "http://127.0.0.1:" + server.port());
        Speech speech = owner.over(ScriptedEngine.speaking(SOUND, 48_000)).speak(SpeechRequest.of("Hello."));
        Receipt receipt =
                Objects.requireNonNull(speech.audio().then(speech.receipt()).block(LIMIT));
        id = ((WholeFile.Archived) Objects.requireNonNull(receipt.file())).id();
    }

    @AfterEach
    void close() {
        client.close();
        server.disposeNow();
        owner.close();
        own.close();
    }

    @Test
    void aRecordingArrivesToTheByte() throws Exception {
        RecordingHead head = Objects.requireNonNull(client.head(node, id).block(LIMIT));
        ArchivedFile file = Objects.requireNonNull(new RecordingCopies(own.archive())
                .keep(head, client.sound(node, id))
                .block(LIMIT));
        assertThat(file.id()).isEqualTo(id);
        assertThat(here.resolve(id + ".wav")).hasBinaryContent(Files.readAllBytes(there.resolve(id + ".wav")));
        assertThat(Objects.requireNonNull(client.awaited(node, Objects.requireNonNull(head.requestKey()))
                        .block(LIMIT)))
                .isEqualTo(head);
    }

    @Test
    void whatTheNodeDoesNotHaveIsNotThere() {
        StepVerifier.create(client.head(node, "a0000000000zzz"))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(client.awaited(node, "nothing")).expectComplete().verify(LIMIT);
        StepVerifier.create(client.sound(node, "a0000000000zzz")).expectError().verify(LIMIT);
    }

    @Test
    void aNodeThatIsGoneIsAFailure() {
        server.disposeNow();
        StepVerifier.create(client.head(node, id)).expectError().verify(LIMIT);
        StepVerifier.create(client.sound(node, id)).expectError().verify(LIMIT);
    }
}
