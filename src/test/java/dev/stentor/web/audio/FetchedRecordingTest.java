package dev.stentor.web.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.ArchivedFile;
import dev.stentor.archive.FileLinks;
import dev.stentor.archive.OtherArchives;
import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.SigningKey;
import dev.stentor.archive.TestArchive;
import dev.stentor.archive.UnreachableArchiveException;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Links to recordings that another node has. */
class FetchedRecordingTest {

    private static final byte[] SOUND = Signals.selfIndexing(24_000);
    private static final SigningKey COMMON = SigningKey.of("what all nodes have");
    private static final String THERE = "a00000000there";

    @TempDir
    Path there;

    @TempDir
    Path here;

    private final HttpClient client = HttpClient.newHttpClient();
    private final FileLinks links = links("its own key there", THERE);
    private TestArchive owner;
    private TestArchive own;
    private Other other;
    private DisposableServer server;
    private String id;

    private static FileLinks links(String key, String archive) {
        return new FileLinks(SigningKey.of(key)).sharedBy(COMMON, archive);
    }

    /** The other node's archive, which can be out of reach. */
    private static final class Other implements OtherArchives {
        private final RecordingCopies from;
        private final RecordingCopies to;
        private final AtomicInteger fetched = new AtomicInteger();
        private volatile boolean away;

        Other(TestArchive owner, TestArchive own) {
            from = new RecordingCopies(owner.archive());
            to = new RecordingCopies(own.archive());
        }

        @Override
        public Mono<ArchivedFile> find(String requestKey) {
            return Mono.empty();
        }

        @Override
        public void over(String requestKey, boolean kept) {}

        @Override
        public Mono<ArchivedFile> fetch(String archive, String id) {
            assertThat(archive).isEqualTo(THERE);
            fetched.incrementAndGet();
            return away
                    ? Mono.error(new UnreachableArchiveException(new IOException("away")))
                    : from.head(id).flatMap(head -> to.keep(head, from.sound(id)));
        }
    }

    @BeforeEach
    void open() {
        owner = new TestArchive(there);
        own = new TestArchive(here);
        other = new Other(owner, own);
        var api = new AudioApi(own.archive(), links("its own key here", "a000000000here"), own::now, other);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(api.routes())))
                .bindNow();
        Speech speech = owner.over(ScriptedEngine.speaking(SOUND, 48_000)).speak(SpeechRequest.of("Hello."));
        Receipt receipt =
                Objects.requireNonNull(speech.audio().then(speech.receipt()).block(Duration.ofSeconds(20)));
        id = ((WholeFile.Archived) Objects.requireNonNull(receipt.file())).id();
    }

    @AfterEach
    void close() {
        client.close();
        server.disposeNow();
        owner.close();
        own.close();
    }

    private HttpResponse<byte[]> get(String link, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + link))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String link(String of) {
        return links.of(of, Instant.ofEpochSecond(86_400));
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .asString(java.nio.charset.StandardCharsets.UTF_8)
                .contains("\"code\":\"" + code + "\"");
    }

    @Test
    void itIsServedAsIfItWereHereAndFetchedOnce() throws Exception {
        byte[] whole = Files.readAllBytes(there.resolve(id + ".wav"));
        var part = get(link(id), "Range", "bytes=100-999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 1_000));
        assertThat(get(link(id)).body()).isEqualTo(whole);
        other.away = true;
        assertThat(get(link(id)).body()).isEqualTo(whole);
        assertThat(other.fetched).hasValue(1);
    }

    @Test
    void whereItsNodeIsOutOfReachTheAnswerSaysSoAndLaterItWorks() throws Exception {
        other.away = true;
        HttpResponse<byte[]> refused = get(link(id));
        assertProblem(refused, 503, "RecordingUnreachable");
        assertThat(refused.headers().firstValue("retry-after")).contains("10");
        other.away = false;
        assertThat(get(link(id)).statusCode()).isEqualTo(200);
    }

    @Test
    void whatItsNodeHasNoMoreIsGone() throws Exception {
        assertProblem(get(link("a0000000000zzz")), 410, "RecordingDeleted");
    }

    @Test
    void nothingIsFetchedForAForgedAddress() throws Exception {
        assertProblem(get(link(id).replace(THERE, "a00000000where")), 403, "InvalidSignature");
        assertProblem(get(link(id) + "x"), 403, "InvalidSignature");
        assertThat(other.fetched).hasValue(0);
    }
}
