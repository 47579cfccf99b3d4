package dev.stentor.web.audio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.TestArchive;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class AudioApiTest {

    private static final byte[] SOUND = Signals.selfIndexing(240_000);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Instant now;
    private TestArchive archive;
    private DisposableServer server;
    private WholeFile.Archived file;
    private byte[] whole;

    @BeforeEach
    void open() throws Exception {
        archive = new TestArchive(directory);
        now = archive.now();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        new AudioApi(archive.archive(), archive.links(), () -> now, null).routes())))
                .bindNow();
        Speech speech = archive.over(ScriptedEngine.speaking(SOUND, 48_000)).speak(SpeechRequest.of("Hello."));
        Receipt receipt =
                Objects.requireNonNull(speech.audio().then(speech.receipt()).block(Duration.ofSeconds(10)));
        file = (WholeFile.Archived) Objects.requireNonNull(receipt.file());
        whole = Files.readAllBytes(directory.resolve(file.id() + ".wav"));
    }

    @AfterEach
    void close() {
        client.close();
        server.disposeNow();
        archive.close();
    }

    @Test
    void theWholeFileComesWithAllThatAPlayerNeeds() throws Exception {
        var answer = get(link());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(whole).hasSize(44 + SOUND.length);
        assertThat(header(answer, "content-type")).isEqualTo("audio/wav");
        assertThat(header(answer, "content-length")).isEqualTo("480044");
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(answer, "cache-control")).isEqualTo("private");
        assertThat(header(answer, "etag")).isEqualTo(tag());
        assertThat(header(answer, "content-disposition")).isEqualTo("inline; filename=\"" + file.id() + ".wav\"");
    }

    @Test
    void theHeadIsThatOfTheWhole() throws Exception {
        var answer = send(request(link()).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "content-length")).isEqualTo("480044");
        assertThat(header(answer, "content-type")).isEqualTo("audio/wav");
        assertThat(header(answer, "etag")).isEqualTo(tag());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-43, 0, 44",
        "bytes=100-100, 100, 101",
        "bytes=480000-, 480000, 480044",
        "bytes=-4, 480040, 480044"
    })
    void aRangeIsAPartOfIt(String range, int from, int to) throws Exception {
        var answer = send(request(link()).header("Range", range));
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, from, to));
        assertThat(header(answer, "content-range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/480044");
    }

    @Test
    void severalRangesComeInParts() throws Exception {
        var answer = send(request(link()).header("Range", "bytes=0-3,8-11"));
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "content-type")).startsWith("multipart/byteranges");
        assertThat(new String(answer.body(), ISO_8859_1))
                .contains("RIFF", "WAVE", "Content-Range: bytes 0-3/480044", "Content-Range: bytes 8-11/480044");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=480044-", "bytes=9999999-99999999", "bytes=5-4", "samples=0-1"})
    void aRangeThatIsNotThereIsRefused(String range) throws Exception {
        var answer = send(request(link()).header("Range", range));
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "content-range")).isEqualTo("bytes */480044");
    }

    @Test
    void aConditionOnTheRangeIsKept() throws Exception {
        var same = send(request(link()).header("Range", "bytes=0-3").header("If-Range", tag()));
        assertThat(same.statusCode()).isEqualTo(206);
        for (String other : new String[] {"\"other\"", "W/" + tag(), "Wed, 21 Oct 2015 07:28:00 GMT"}) {
            var all = send(request(link()).header("Range", "bytes=0-3").header("If-Range", other));
            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(all.body()).isEqualTo(whole);
        }
    }

    @Test
    void whoHasItAlreadyIsToldSo() throws Exception {
        var answer = send(request(link()).header("If-None-Match", tag()));
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "etag")).isEqualTo(tag());
        assertThat(send(request(link()).header("If-None-Match", "\"other\"")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAddressThatWasNotGivenOutHereIsRefused() throws Exception {
        String path = link().substring(0, link().indexOf('?'));
        assertProblem(get(path), 403, "InvalidSignature");
        assertProblem(get(link() + "x"), 403, "InvalidSignature");
        assertProblem(get(link().replace("Expires=86400", "Expires=86401")), 403, "InvalidSignature");
        assertProblem(get(link().replace(file.id(), "a0000000000zzz")), 403, "InvalidSignature");
        assertProblem(get("/v1/audio/..%2Fsecret.wav"), 403, "InvalidSignature");
    }

    @Test
    void whatIsNoRecordingByItsNameIsLeftToOthers() {
        var routes = new AudioApi(archive.archive(), archive.links(), () -> now, null).routes();
        for (String path : new String[] {"/v1/audio/speech", "/v1/audio/signing.key", "/v1/audio/"}) {
            var exchange = MockServerWebExchange.from(MockServerHttpRequest.get(path));
            StepVerifier.create(routes.route(ServerRequest.create(exchange, List.of())))
                    .expectComplete()
                    .verify(Duration.ofSeconds(5));
        }
    }

    @Test
    void anAddressIsGoodUntilItsTimeIsOver() throws Exception {
        now = Instant.ofEpochSecond(86_399);
        assertThat(get(link()).statusCode()).isEqualTo(200);
        now = Instant.ofEpochSecond(86_400);
        assertProblem(get(link()), 403, "LinkExpired");
    }

    @Test
    void aFileThatWasDeletedBeforeItsLinkWasOverIsGone() throws Exception {
        assertProblem(get(archive.links().of("a0000000000zzz", now.plusSeconds(1))), 410, "RecordingDeleted");
        Files.delete(directory.resolve(file.id() + ".wav"));
        assertProblem(get(link()), 410, "RecordingDeleted");
    }

    private void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
        assertThat(new String(answer.body(), ISO_8859_1)).contains("\"code\":\"" + code + "\"");
    }

    private String link() {
        return archive.links().of(file.id(), Instant.ofEpochSecond(86_400));
    }

    private String tag() {
        return "\"" + file.id() + "\"";
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
