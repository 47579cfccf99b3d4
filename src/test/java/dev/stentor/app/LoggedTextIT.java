package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Test that no text, key or query string of a user reaches the log, whatever goes well or wrong, at the level debug. */
class LoggedTextIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String MARKER = "xylophonic-zeppelin";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String fault =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(
                    event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs() + fault);
        }
    };

    @Test
    void aTextIsNeverLogged(@TempDir Path folder) throws Exception {
        var ours = (Logger) LoggerFactory.getLogger("dev.stentor");
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = ours.getLevel();
        try (var cloud = ScriptedServer.answering(CloudAnswer.of(Signals.selfIndexing(480)));
                ConfigurableApplicationContext gateway = WholeGateway.startBefore(
                        cloud.baseUrl().toString(),
                        MARKER,
                        folder,
                        "--gateway.listen.control=say",
                        "--logging.level.dev.stentor=debug",
                        "--logging.level.org.springframework.web=debug")) {
            appender.start();
            root.addAppender(appender);
            String port = gateway.getEnvironment().getRequiredProperty("local.server.port");
            String http = "http://127.0.0.1:" + port;
            for (String body : new String[] {
                "{\"text\":\"" + MARKER + "\"}",
                "{\"text\":\"" + MARKER + "\",\"" + MARKER + "\":1}",
                "{\"text\":\"" + MARKER + "\",\"voice\":\"" + MARKER + "\"}",
                "{\"text\":5, " + MARKER,
                "{\"input\":\"" + MARKER + "\",\"response_format\":\"pcm\"}",
                "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"" + MARKER + "\",\"voice\":\"Cherry\"}}"
            }) {
                for (String path : new String[] {
                    "/v1/channels/lobby/utterances?" + MARKER + "=" + MARKER,
                    "/v1/audio/speech",
                    "/api/v1/services/aigc/multimodal-generation/generation",
                    "/v1/voices"
                }) {
                    send(http + path, body);
                }
            }
            var socket = HTTP.newWebSocketBuilder()
                    .subprotocols("stentor.v1")
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + port + "/v1/channels/lobby/listen"),
                            new WebSocket.Listener() {})
                    .get(30, TimeUnit.SECONDS);
            for (String message : new String[] {
                "{\"t\":\"hello\",\"v\":1}",
                "{\"t\":\"say\",\"ref\":\"r\",\"text\":\"" + MARKER + "\",\"end\":true}",
                "{\"t\":\"" + MARKER + "\"}",
                MARKER
            }) {
                socket.sendText(message, true).get(30, TimeUnit.SECONDS);
            }
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(socket::isInputClosed);
            assertThat(lines).as("the log at debug").anyMatch(line -> line.startsWith("org.springframework.web"));
            assertThat(lines).noneMatch(line -> line.contains(MARKER));
        } finally {
            root.detachAppender(appender);
            ours.setLevel(before);
            ((Logger) LoggerFactory.getLogger("org.springframework.web")).setLevel(null);
        }
    }

    private static void send(String address, String body) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + MARKER)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isPositive();
    }
}
