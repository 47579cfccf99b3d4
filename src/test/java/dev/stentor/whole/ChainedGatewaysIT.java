package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.dashscope.aigc.multimodalconversation.AudioParameters;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversation;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationParam;
import dev.stentor.web.TestListener;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Test of two gateways as users start them: one speaks with the embedded voice, the other takes it for the cloud service. The
 * sound at the far end must be the embedded voice's own, to the last sample.
 */
class ChainedGatewaysIT {

    private static final String SENTENCE = "Hear the herald. One voice, and every page hears the same.";
    private static final String KEY = "sk-whole-way-0123456789";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static GatewayProcess voice;
    private static GatewayProcess gateway;
    private static byte[] expected;

    @BeforeAll
    static void start() throws Exception {
        voice = GatewayProcess.start(Map.of());
        gateway = GatewayProcess.start(
                Map.of("DASHSCOPE_API_KEY", KEY), "--gateway.dashscope.base-url=" + voice.http("/api/v1"));
        expected = SynthesisCall.sound(voice, SENTENCE, "Ethan");
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
        voice.close();
        for (GatewayProcess process : List.of(gateway, voice)) {
            assertThat(process.log())
                    .noneMatch(line -> line.contains("LEAK"))
                    .noneMatch(line -> line.contains(KEY))
                    .noneMatch(line -> line.contains("herald"))
                    .noneMatch(line -> line.contains(" ERROR "));
        }
    }

    @Test
    void twoPagesInABrowserPlayWhatTheEngineMadeToTheLastSample() throws Exception {
        Path out = Files.createDirectories(Path.of("target", "whole-way"));
        var process = new ProcessBuilder(
                        "node",
                        "test/browser/listen-script.mjs",
                        "GATEWAY_URL=" + gateway.http(""),
                        "OUT=" + out.toAbsolutePath(),
                        "CHANNEL=pages",
                        "PAGES=2",
                        "TEXT=" + SENTENCE,
                        "VOICE=Ethan")
                .directory(Path.of("web-demo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.resolve("script.log").toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(out.resolve("script.log"));
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        JsonNode pages =
                JSON.readTree(Files.readString(out.resolve("result.json"))).path("pages");
        assertThat(pages).hasSize(2);
        for (JsonNode page : pages) {
            Path played = out.resolve("page-" + page.path("page").asInt() + ".pcm");
            PlayedSound.assertIs(played, page.path("altered"), expected);
            assertThat(page.path("lost").asInt()).isZero();
            assertThat(page.path("repeated").asInt()).isZero();
            assertThat(page.path("gaps").asInt()).isZero();
            assertThat(page.path("protocolErrors").asInt()).isZero();
        }
    }

    @Test
    void theOfficialClientHearsTheSameFromEitherGateway() throws Exception {
        assertThat(heardByTheSdk(voice)).isEqualTo(expected);
        assertThat(heardByTheSdk(gateway)).isEqualTo(expected);
    }

    @Test
    void plainHttpBringsTheSameSamples() throws Exception {
        var response = HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/plain/audio.wav?silence=off"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(44)).hasSize(44);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> get(gateway, "/v1/channels/plain").contains("\"listeners\":1"));
            assertThat(speak("plain", "{\"text\":\"" + SENTENCE + "\",\"voice\":\"Ethan\"}"))
                    .isEqualTo(201);
            assertThat(body.readNBytes(expected.length)).isEqualTo(expected);
        }
    }

    @Test
    void whatTheEngineCannotSpeakIsToldAndTheChannelGoesOn() throws Exception {
        assertThat(speak("mixed", "{\"text\":\"Hello.\",\"voice\":\"Nobody\"}")).isEqualTo(201);
        assertThat(speak("mixed", "{\"text\":\"Hello.\",\"voice\":\"Ethan\"}")).isEqualTo(201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(gateway, "/v1/channels/mixed").contains("\"utterances\":0"));
        assertThat(get(gateway, "/v1/channels/mixed")).doesNotContain("\"pos\":0,");
    }

    @Test
    void thePageAndTheProbesAreServed() throws Exception {
        assertThat(get(gateway, "/")).contains("<title>", "Stentor");
        assertThat(get(gateway, "/player/player.js")).contains("StentorPlayer");
        assertThat(get(gateway, "/livez")).contains("UP");
        assertThat(get(gateway, "/readyz")).contains("UP");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> get(voice, "/readyz").contains("\"UP\""));
        assertThat(get(voice, "/v1/voices")).contains("Cherry", "slt-deep");
        assertThat(get(voice, "/v1/models")).contains("qwen3-tts-flash", "marytts-cmu-slt-hsmm");
    }

    @Test
    void figuresAreToldToPrometheus() throws Exception {
        assertThat(get(gateway.management("/actuator/prometheus")))
                .contains("stentor_archive_misses_total", "stentor_archive_bytes", "stentor_archive_files");
    }

    @Test
    void anUnknownAddressOrHostIsAnsweredPlainly() throws Exception {
        assertThat(get(gateway, "/v1/nothing")).contains("\"code\":\"NotFound\"");
        var address = gateway.http("/v1/channels");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            String request = "GET /v1/channels HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 421").contains("UnknownHost");
        }
    }

    @Test
    void stoppingSendsEveryListenerAwayAtOnce() throws Exception {
        GatewayProcess third = GatewayProcess.start(Map.of(), "--gateway.engine=local");
        var wav = HTTP.send(
                HttpRequest.newBuilder(third.http("/v1/channels/lobby/audio.wav"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        var socket =
                URI.create(third.http("/v1/channels/lobby/listen").toString().replace("http", "ws"));
        try (InputStream body = wav.body();
                TestListener listener = TestListener.join(socket)) {
            assertThat(body.readNBytes(44)).hasSize(44);
            long begun = System.nanoTime();
            third.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            assertThat(listener.await("bye").path("resume").asBoolean()).isTrue();
            assertThat(listener.closeCode()).isEqualTo(4000);
        }
    }

    private static byte[] heardByTheSdk(GatewayProcess process) throws Exception {
        var param = MultiModalConversationParam.builder()
                .apiKey("sk-anything")
                .model("qwen3-tts-flash")
                .text(SENTENCE)
                .voice(AudioParameters.Voice.ETHAN)
                .languageType("English")
                .build();
        var sound = new ByteArrayOutputStream();
        new MultiModalConversation("http", process.http("/api/v1").toString())
                .streamCall(param)
                .blockingForEach(result -> sound.writeBytes(
                        Base64.getDecoder().decode(result.getOutput().getAudio().getData())));
        return sound.toByteArray();
    }

    private static int speak(String channel, String body) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(gateway.http("/v1/channels/" + channel + "/utterances"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String get(GatewayProcess process, String path) throws Exception {
        return get(process.http(path));
    }

    private static String get(URI address) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
