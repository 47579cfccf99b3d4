package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.WavHeader;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** The service's own WAV file, for answers without any sound. */
class DashScopeFileTest {

    private static final byte[] SOUND = Signals.selfIndexing(100_000);
    /** A WAV file with placeholders as its sizes, like the real file of a streamed answer. */
    private static final byte[] FILE = file(24_000, 1, 16);

    @Test
    void aStopWithoutSoundIsFollowedByTheFile() throws IOException {
        Heard heard = hear(url -> Wire.stream(Wire.result(Wire.STOP.replace(Wire.URL, url))), "200 OK", FILE);
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(SOUND);
        Receipt receipt = Objects.requireNonNull(heard.receipt());
        assertThat(receipt.samples()).isEqualTo(100_000);
        assertThat(receipt.file()).isNotNull();
    }

    @Test
    void aDocumentInPlaceOfAStreamIsFollowedByTheFile() throws IOException {
        for (String reason : new String[] {"\"stop\"", "null"}) {
            Heard heard = hear(
                    url -> Wire.answer(
                            200,
                            "application/json;charset=UTF-8",
                            Wire.STOP.replace(Wire.URL, url).replace("\"stop\"", reason),
                            ""),
                    "200 OK",
                    FILE);
            assertThat(heard.failure()).isNull();
            assertThat(heard.audio()).isEqualTo(SOUND);
        }
    }

    @Test
    void aDocumentWithAnErrorIsOne() throws IOException {
        Heard heard = Stage.hear(Wire.answer(200, "application/json", Wire.error(400, "InvalidParameter", "No."), ""));
        assertThat(heard.failure())
                .isEqualTo(new SpeechFailure.FailedInStream(400, "InvalidParameter", "No.", Wire.REQUEST_ID, 0));
    }

    @Test
    void aDocumentThatIsCutOffIsTruncated() throws IOException {
        Heard heard = Stage.hear(Wire.head(200, "application/json", "Content-Length: 999\r\n") + "{\"output\":");
        assertThat(heard.failure()).isInstanceOf(SpeechFailure.Truncated.class);
    }

    @Test
    void theFileIsAskedForWithoutTheKeyAndOnlyOnce() throws IOException {
        try (var server = serving(url -> Wire.stream(Wire.result(Wire.STOP.replace(Wire.URL, url))), "200 OK", FILE);
                var engine = Stage.engine(server.baseUrl(), Schedulers.parallel())) {
            var _ = Heard.of(engine.speak(SpeechRequest.of("Speak up.")), () -> {});
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getLast().head())
                    .startsWith("GET /a.wav?Expires=1&Signature=x%2By HTTP/1.1")
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContain(Stage.KEY);
        }
    }

    @Test
    void theFileOfAnAnswerWithSoundIsNeverFetched() throws IOException {
        try (var server = serving(url -> Wire.stream(Wire.NORMAL.replace(Wire.URL, url)), "200 OK", FILE);
                var engine = Stage.engine(server.baseUrl(), Schedulers.parallel())) {
            Heard heard = Heard.of(engine.speak(SpeechRequest.of("Speak up.")), () -> {});
            assertThat(heard.audio()).isEqualTo(Wire.BOTH);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aFileOfAnotherShapeIsMalformed() throws IOException {
        for (byte[] file : new byte[][] {
            file(16_000, 1, 16), file(24_000, 2, 16), file(24_000, 1, 8), SOUND, "<html>".getBytes(US_ASCII)
        }) {
            assertThat(ofFile("200 OK", file)).isInstanceOf(SpeechFailure.Malformed.class);
        }
    }

    @Test
    void aFileThatIsNotThereOrElsewhereIsMalformed() throws IOException {
        assertThat(ofFile("404 Not Found", FILE)).isInstanceOf(SpeechFailure.Malformed.class);
        assertThat(ofFile("302 Found\r\nLocation: file:///etc/passwd", FILE))
                .isInstanceOf(SpeechFailure.Malformed.class);
        assertThat(Stage.hear(Wire.stream(Wire.result(Wire.STOP.replace(Wire.URL, "file:///etc/passwd"))))
                        .failure())
                .isInstanceOf(SpeechFailure.Malformed.class);
    }

    @Test
    void aFileThatBreaksOffIsTruncated() throws IOException {
        assertThat(ofFile("200 OK\r\nContent-Length: 9999999", FILE)).isInstanceOf(SpeechFailure.Truncated.class);
    }

    @Test
    void addressesInTheCloudAreFetchedSafelyAndOthersAsTheyAre() {
        assertThat(OwnFile.address(URI.create("http://a.oss-cn-beijing.aliyuncs.com/b.wav?Signature=x%2By")))
                .contains(URI.create("https://a.oss-cn-beijing.aliyuncs.com/b.wav?Signature=x%2By"));
        for (String as :
                new String[] {"http://files.example/a.wav", "https://a.aliyuncs.com/", "http://a.aliyuncs.com:80/"}) {
            assertThat(OwnFile.address(URI.create(as))).contains(URI.create(as));
        }
        for (String no : new String[] {"ftp://a.b/", "file:///a", "a.wav", "http://user@a.b/", "data:,"}) {
            assertThat(OwnFile.address(URI.create(no))).isEmpty();
        }
    }

    private static SpeechFailure ofFile(String status, byte[] file) throws IOException {
        Heard heard = hear(url -> Wire.stream(Wire.result(Wire.STOP.replace(Wire.URL, url))), status, file);
        return Objects.requireNonNull(heard.failure());
    }

    private interface Answer {
        String with(String fileAddress);
    }

    private static Heard hear(Answer answer, String status, byte[] file) throws IOException {
        try (var server = serving(answer, status, file);
                var engine = Stage.engineWithOneConnection(server.baseUrl(), Duration.ofSeconds(5))) {
            return Heard.of(engine.speak(SpeechRequest.of("Speak up.")), () -> {});
        }
    }

    /** Answers the requests of a connection until the file was sent, which ends with the connection. */
    private static ScriptedServer serving(Answer answer, String status, byte[] file) {
        return ScriptedServer.playing(connection -> {
            int port = ((InetSocketAddress) connection.channel().getLocalAddress()).getPort();
            while (connection.nextRequest().head().startsWith("POST")) {
                connection.write(answer.with("http://127.0.0.1:" + port + "/a.wav?Expires=1&Signature=x%2By"));
            }
            connection.write("HTTP/1.1 " + status + "\r\nConnection: close\r\n\r\n");
            connection.write(file);
        });
    }

    private static byte[] file(int rate, int channels, int bits) {
        byte[] head = new byte[WavHeader.BYTES];
        WavHeader.ofUnknownLength().get(head);
        ByteBuffer.wrap(head)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 0x7FFFFFBF)
                .putShort(22, (short) channels)
                .putInt(24, rate)
                .putShort(34, (short) bits)
                .putInt(40, 0x7FFFFF9B);
        var file = new ByteArrayOutputStream();
        file.writeBytes(head);
        file.writeBytes(SOUND);
        return file.toByteArray();
    }
}
