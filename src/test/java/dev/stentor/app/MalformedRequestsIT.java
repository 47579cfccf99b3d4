package dev.stentor.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tests of requests that are wrong in their form, sent to the whole gateway over bare sockets: every answer has the shape of its API,
 * and no client can write a warning, an error or a stack trace into the log.
 */
class MalformedRequestsIT {

    private static final String OWN = "/v1/channels/lobby/utterances";
    private static final String OPENAI = "/v1/audio/speech";
    private static final String DASHSCOPE = "/api/v1/services/aigc/multimodal-generation/generation";
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext gateway;

    private final Loud loud = new Loud();

    @BeforeAll
    static void start() {
        gateway = WholeGateway.start(folder, "--gateway.engine=local");
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @BeforeEach
    void listenToTheLog() {
        loud.setContext(ROOT.getLoggerContext());
        loud.start();
        ROOT.addAppender(loud);
    }

    @AfterEach
    void nothingLoudWasLogged() {
        ROOT.detachAppender(loud);
        assertThat(loud.lines).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, " + OWN,
        "POST, " + OPENAI,
        "POST, " + DASHSCOPE,
        "PUT, /v1/channels/lobby",
        "PUT, /v1/sounds/bell",
        "PATCH, /v1/channels/lobby/mix"
    })
    void aBadChunkSizeIsAnswered400InTheShapeOfItsApi(String method, String path) throws IOException {
        String chunked = head(method, path, "Content-Type: application/json", "Transfer-Encoding: chunked");
        assertThat(answer(chunked + "1\r\n{\r\nqq\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains(shape(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, OPENAI, DASHSCOPE})
    void aBodyThatIsCutIsNoErrorOfTheGateway(String path) throws IOException {
        String half = head("POST", path, "Content-Type: application/json", "Content-Length: 100") + "{\"text\":";
        assertThat(answer(half)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, OPENAI, DASHSCOPE})
    void aCompressedBodyIsAnswered415(String path) throws IOException {
        String packed =
                head("POST", path, "Content-Type: application/json", "Content-Encoding: gzip", "Content-Length: 2");
        assertThat(answer(packed + "{}")).startsWith("HTTP/1.1 415 ").contains(shape(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, OPENAI, DASHSCOPE, "/v1/sounds/bell", "/v1/voices"})
    void fiveGigabytesAreRefusedBeforeTheyAreAskedFor(String path) throws IOException {
        String announced = head(
                "POST", path, "Content-Type: application/json", "Content-Length: 5000000000", "Expect: 100-continue");
        assertThat(answer(announced))
                .startsWith("HTTP/1.1 413 ")
                .contains(shape(path))
                .doesNotContain("100 Continue");
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, OPENAI, DASHSCOPE})
    void anUnknownExpectationIsAnswered417(String path) throws IOException {
        String expects = head("POST", path, "Content-Type: application/json", "Content-Length: 2", "Expect: 200-maybe");
        assertThat(answer(expects + "{}")).startsWith("HTTP/1.1 417 ").contains(shape(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/nothing|404",
                "/v1/channels/%zz|400",
                "/v1/channels/%00|400",
                "/v1/channels/..;/listen|426",
                "/v1/channels/%2e%2e%2fx/listen|426",
                "/v1/channels/<a>|400",
                "/api/v1/nothing|404",
                "/api/v1/%zz|400",
                "/api-ws/v1/inference|404",
                "/nothing|404",
                "/player/..%2f|404",
                "/player/..;/x|404",
                "http://evil.example/v1/channels|400",
                "ftp://localhost/v1/channels|400",
                "localhost:80|400",
            })
    void anAddressThatIsNotThereIsAnsweredInTheShapeOfItsApi(String path, int status) throws IOException {
        assertThat(answer(head("GET", path)))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains(shape(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1", "[::1]:x", "localhost:", "localhost:99999", "a b", "user@localhost", "<x>"})
    void aHostThatIsNoneIsAnswered400(String host) throws IOException {
        assertThat(answer("GET /v1/channels HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("InvalidHost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v1/channels HTTP/1.1~~|400",
                "GET /v1/channels HTTP/1.1~Host: localhost~Host: other~~|400",
                "GET /v1/channels~~|400",
                "GET /v1/channels HTTP/2.0~Host: localhost~~|505",
                "PRI * HTTP/2.0~~SM~~|505",
                "GET /v1/channels FOO/1.1~~|400",
                "GET /v1/channels HTTP/1.1~Host: localhost~nocolon~~|400",
                "GET /v1/channels HTTP/1.1~Host: localhost~X y: a~~|400",
                "POST /v1/channels HTTP/1.1~Host: localhost~Content-Length: -2~~|400",
                "POST /v1/channels HTTP/1.1~Host: localhost~Content-Length: 2~Content-Length: 3~~|400",
                "POST /v1/channels HTTP/1.1~Host: localhost~Content-Length: 2~Transfer-Encoding: chunked~~|400",
                "POST /v1/channels HTTP/1.1~Host: localhost~Transfer-Encoding: gzip, chunked~~|501",
                "CONNECT localhost:80 HTTP/1.1~Host: localhost~~|400",
                "\u0016\u0003\u0001\u0000\u00a5 no TLS here~~|400",
            })
    void whatIsNoHttpIsAnsweredWithAProblem(String lines, int status) throws IOException {
        assertThat(answer(lines.replace("~", "\r\n")))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json");
    }

    @Test
    void headersThatAreTooLargeAreAnswered431AndALongAddress414() throws IOException {
        assertThat(answer(head("GET", "/v1/channels", "X: " + "a".repeat(20_000))))
                .startsWith("HTTP/1.1 431 ");
        assertThat(answer(head("GET", "/v1/" + "a".repeat(20_000)))).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void aRequestThatIsNoneIsAnsweredBehindTheOnesBeforeIt() throws IOException {
        String good = "GET /v1/channels HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assertThat(answer(good + good + "rubbish\r\n\r\n").split("HTTP/1.1 "))
                .hasSize(4)
                .satisfies(answers -> assertThat(answers[2]).startsWith("200"))
                .satisfies(answers -> assertThat(answers[3]).startsWith("400"));
    }

    @Test
    void aClientThatShutsItsSideStillGetsItsAnswer() throws IOException {
        String body = "{\"input\":\"Hello there.\",\"response_format\":\"pcm\"}";
        String request = "POST " + OPENAI + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        assertThat(answer(request))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("0\r\n\r\n")
                .hasSizeGreaterThan(20_000);
    }

    @Test
    void theLinesOfTheLogHoldNoQuery() throws IOException {
        var faults = (Logger) LoggerFactory.getLogger("dev.stentor.web.connection.RequestFaults");
        Level before = faults.getLevel();
        faults.setLevel(Level.INFO);
        loud.level = Level.INFO;
        try {
            assertThat(answer(head("GET", "/v1/audio/%zz.wav?Signature=secret")))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(loud.lines)
                    .filteredOn(line -> line.contains("RequestFaults"))
                    .hasSize(1)
                    .allSatisfy(
                            line -> assertThat(line).contains("InvalidAddress").doesNotContain("secret"));
        } finally {
            faults.setLevel(before);
            loud.lines.clear();
        }
    }

    private static String shape(String path) {
        return switch (path.startsWith("/api") ? DASHSCOPE : path) {
            case DASHSCOPE -> "\"request_id\":";
            case OPENAI -> "{\"error\":{\"message\":";
            default -> "\"type\":\"urn:stentor:problem:";
        };
    }

    private static String head(String method, String path, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer any\r\n" + more
                + "Connection: close\r\n\r\n";
    }

    /** Sends bytes, shuts the sending side, and returns all that comes until the connection is closed, or reset behind an answer. */
    private static String answer(String request) throws IOException {
        int port = WholeGateway.port(gateway);
        var answer = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            byte[] part = new byte[8_192];
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = socket.getInputStream().read(part)) {
                answer.append(new String(part, 0, read, ISO_8859_1));
            }
        } catch (SocketException reset) {
            assertThat(answer).as("answer before the reset").isNotEmpty();
        }
        return answer.toString();
    }

    /** Lines of the log from a level on, with their stack traces. */
    private static final class Loud extends AppenderBase<ILoggingEvent> {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private Level level = Level.WARN;

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(level) || event.getThrowableProxy() != null) {
                lines.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage() + " "
                        + event.getKeyValuePairs() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()));
            }
        }
    }
}
