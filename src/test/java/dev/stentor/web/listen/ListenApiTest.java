package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ListenApiTest {

    private static final byte[] SOUND = Signals.selfIndexing(12_000);

    private TestGateway gateway = new TestGateway(ScriptedEngine.speaking(SOUND, 4_800));

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void aListenerHearsAnUtteranceToTheLastSample() throws Exception {
        try (TestListener listener = TestListener.join(listen("lobby"))) {
            assertThat(listener.subprotocol()).isEqualTo("stentor.v1");
            assertThat(speak("lobby", "{\"text\":\"Hello.\",\"voice\":\"Cherry\"}")
                            .statusCode())
                    .isEqualTo(201);
            JsonNode started = listener.await("utterance.started");
            assertThat(started.path("text").asString()).isEqualTo("Hello.");
            assertThat(started.path("voice").asString()).isEqualTo("Cherry");
            JsonNode ended = listener.await("utterance.ended");
            assertThat(ended.path("samples").asInt()).isEqualTo(12_000);
            assertThat(ended.path("reason").asString()).isEqualTo("done");
            assertThat(listener.sound()).isEqualTo(SOUND);
        }
    }

    @Test
    void twoHundredListenersGetTheSameBytesWhileOneDoesNotRead() throws Exception {
        gateway.close();
        byte[] sound = Signals.selfIndexing(15 * 24_000);
        var settings = new ChannelSettings(Duration.ofSeconds(10), Duration.ofSeconds(60), 100, Duration.ofSeconds(60));
        gateway = new TestGateway(
                ScriptedEngine.speaking(sound, 48_000),
                TestGateway.Options.standard().withChannel(settings).withLag(Duration.ofSeconds(2)));
        List<TestListener> listeners = new ArrayList<>();
        try (TestListener deaf = TestListener.deaf(listen("hall"))) {
            for (int i = 0; i < 199; i++) {
                listeners.add(TestListener.join(listen("hall")));
            }
            assertThat(speak("hall", "{\"text\":\"Everybody.\"}").statusCode()).isEqualTo(201);
            List<byte[]> first = null;
            for (TestListener listener : listeners) {
                listener.await("utterance.ended");
                assertThat(listener.sound()).isEqualTo(sound);
                List<byte[]> entries = entries(listener);
                first = first == null ? entries : first;
                assertThat(entries).usingElementComparator(Arrays::compare).isEqualTo(first);
            }
            deaf.listenAtLast();
            JsonNode gap = deaf.await("gap");
            assertThat(gap.path("cause").asString()).isEqualTo("slow");
            assertThat(gap.path("ms").asLong()).isPositive();
        } finally {
            listeners.forEach(TestListener::close);
        }
    }

    @Test
    void aLateListenerIsToldWhatItIsInTheMiddleOf() throws Exception {
        try (TestListener early = TestListener.join(listen("lobby"))) {
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            early.await("utterance.started");
            try (TestListener late = TestListener.connect(listen("lobby"))) {
                late.say("{\"t\":\"hello\",\"v\":1}");
                JsonNode welcome = late.await("welcome");
                assertThat(welcome.path("now")
                                .valueStream()
                                .map(event -> event.path("t").asString()))
                        .contains("utterance.started", "timeline");
                late.await("utterance.ended");
                byte[] tail = late.sound();
                assertThat(tail).isEqualTo(Arrays.copyOfRange(SOUND, SOUND.length - tail.length, SOUND.length));
            }
        }
    }

    @Test
    void aListenerThatComesBackMissesNothing() throws Exception {
        try (TestListener first = TestListener.join(listen("lobby"))) {
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            int seq = first.await(message -> message.json() == null).bytes().getInt(4);
            first.hangUp();
            byte[] before = first.sound();
            try (TestListener again = TestListener.connect(listen("lobby"))) {
                again.say("{\"t\":\"hello\",\"v\":1,\"resume\":{\"epoch\":17,\"seq\":" + seq + "}}");
                assertThat(again.await("welcome").at("/resume/status").asString())
                        .isEqualTo("ok");
                again.await("utterance.ended");
                var joined = new ByteArrayOutputStream();
                joined.writeBytes(before);
                joined.writeBytes(again.sound());
                assertThat(joined.toByteArray()).isEqualTo(SOUND);
            }
        }
    }

    @Test
    void aFailedUtteranceIsToldAndTheChannelGoesOn() throws Exception {
        gateway.close();
        gateway = new TestGateway(ScriptedEngine.failingAfter(
                SOUND, 4_800, new SpeechFailure.Truncated("The stream broke off.", 12_000)));
        try (TestListener listener = TestListener.join(listen("lobby"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(speak("lobby", "{\"text\":\"Hello.\"}").statusCode()).isEqualTo(201);
                JsonNode ended = listener.await("utterance.ended");
                assertThat(ended.path("reason").asString()).isEqualTo("failed");
                assertThat(ended.at("/error/code").asString()).isEqualTo("UpstreamTruncated");
            }
        }
    }

    @Test
    void timeIsAnsweredWithTheClientsOwnStamp() throws Exception {
        try (TestListener listener = TestListener.join(listen("lobby"))) {
            listener.say("{\"t\":\"time\",\"t0\":1234.5}");
            JsonNode time = listener.await("time");
            assertThat(time.path("t0").asDouble()).isEqualTo(1234.5);
            assertThat(time.path("t2").asLong())
                    .isGreaterThanOrEqualTo(time.path("t1").asLong());
        }
    }

    @Test
    void reportsShowUpInTheListOfListeners() throws Exception {
        try (TestListener listener = TestListener.connect(listen("lobby"))) {
            listener.say("{\"t\":\"hello\",\"v\":1,\"client\":{\"id\":\"kiosk-7\"}}");
            listener.await("stream");
            listener.say("{\"t\":\"report\",\"pos\":480,\"buffer_ms\":140,\"underruns\":1,\"state\":\"playing\"}");
            listener.say("{\"t\":\"time\",\"t0\":1}");
            listener.await("time");
            String listeners = get("/v1/channels/lobby/listeners").body();
            assertThat(listeners).contains("kiosk-7", "\"buffer_ms\":140", "\"underruns\":1", "\"state\":\"playing\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            rubbish                          | 4400 | bad_message      | message
            [1]                              | 4400 | bad_message      | message
            {"t":"report"}                   | 4400 | bad_message      | t
            {"t":"hello","v":2}              | 4426 | version          | v
            {"t":"hello","v":1,"formats":["opus/48000/1"]} | 4415 | no_common_format | formats
            {"t":"hello","v":1,"formats":5}  | 4400 | bad_message      | formats
            {"t":"hello","v":1,"join":"now"} | 4400 | bad_message      | join
            {"t":"hello","v":1,"client":{"id":7}} | 4400 | bad_message | client.id
            {"t":"hello","v":1,"resume":{"epoch":"x"}} | 4400 | bad_message | resume.epoch
            """)
    void aHelloThatBreaksTheProtocolIsToldWhyAndClosed(String message, int code, String error, String field)
            throws Exception {
        try (TestListener listener = TestListener.connect(listen("lobby"))) {
            listener.say(message);
            JsonNode told = listener.await("error");
            assertThat(told.path("code").asString()).isEqualTo(error);
            assertThat(told.path("message").asString()).startsWith(field + ":").doesNotContain("Exception");
            assertThat(listener.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void binaryAndOversizedMessagesAreRefusedAndOthersGoOn() throws Exception {
        try (TestListener good = TestListener.join(listen("lobby"));
                TestListener binary = TestListener.join(listen("lobby"));
                TestListener large = TestListener.join(listen("lobby"))) {
            binary.send(new byte[] {1, 2, 3});
            assertThat(binary.closeCode()).isEqualTo(4400);
            large.say("{\"t\":\"x\",\"pad\":\"" + "y".repeat(20_000) + "\"}");
            assertThat(large.closeCode()).isEqualTo(4413);
            good.say("{\"t\":\"something.new\",\"x\":1}");
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            good.await("utterance.ended");
            assertThat(good.sound()).isEqualTo(SOUND);
        }
    }

    @Test
    void whoSaysNothingIsClosed() throws Exception {
        gateway.close();
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard()
                        .withTimes(
                                new ListenTimes(Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofSeconds(2))));
        try (TestListener silent = TestListener.connect(listen("lobby"))) {
            assertThat(silent.closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void whoDoesNotAnswerPingsIsClosed() throws Exception {
        gateway.close();
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard()
                        .withTimes(
                                new ListenTimes(Duration.ofSeconds(5), Duration.ofMillis(30), Duration.ofMillis(50))));
        try (TestListener deaf = TestListener.deaf(listen("lobby"));
                TestListener alive = TestListener.join(listen("lobby"))) {
            assertThat(deaf.subprotocol()).isEqualTo("stentor.v1");
            Awaitility.await().until(() -> gateway.broadcasts().connections() == 1);
            alive.say("{\"t\":\"time\",\"t0\":1}");
            alive.await("time");
        }
    }

    @Test
    void theSameClientAgainReplacesItsOlderConnection() throws Exception {
        try (TestListener older = TestListener.connect(listen("lobby"));
                TestListener newer = TestListener.connect(listen("lobby"))) {
            older.say("{\"t\":\"hello\",\"v\":1,\"client\":{\"id\":\"a\"}}");
            older.await("stream");
            newer.say("{\"t\":\"hello\",\"v\":1,\"client\":{\"id\":\"a\"}}");
            assertThat(older.closeCode()).isEqualTo(4409);
            newer.await("stream");
        }
    }

    @Test
    void tooManyConnectionsAreTurnedAway() throws Exception {
        gateway.close();
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard().withLimits(1, 1));
        try (TestListener one = TestListener.join(listen("lobby"));
                TestListener two = TestListener.connect(listen("lobby"))) {
            assertThat(two.closeCode()).isEqualTo(4429);
            assertThat(get("/v1/channels/lobby/audio.wav").statusCode()).isEqualTo(429);
            one.say("{\"t\":\"time\",\"t0\":1}");
            one.await("time");
        }
    }

    @Test
    void theHandshakeRefusesWhatItCannotServe() throws Exception {
        assertThat(get("/v1/channels/lobby/listen").statusCode()).isEqualTo(426);
        assertThat(get("/v1/channels/-/audio.wav").body()).contains("\"field\":\"channel\"");
        assertThat(get("/v1/channels/lobby/audio.wav?silence=maybe").body()).contains("\"field\":\"silence\"");
        assertThat(handshake("/v1/channels/%20/listen", "stentor.v1", "")).isEqualTo(400);
        assertThat(handshake("/v1/channels/lobby/listen", "chat", "")).isEqualTo(400);
        assertThat(handshake("/v1/channels/lobby/listen", "stentor.v1", "Origin: https://evil.example\r\n"))
                .isEqualTo(403);
        assertThat(handshake("/v1/channels/lobby/listen", "stentor.v1", "Origin: https://allowed.example\r\n"))
                .isEqualTo(101);
    }

    @Test
    void plainHttpGivesAnEndlessWav() throws Exception {
        HttpResponse<InputStream> response = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.wav?silence=off"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-type")).contains("audio/wav");
        try (InputStream body = response.body()) {
            assertThat(new String(body.readNBytes(44), 0, 4, StandardCharsets.US_ASCII))
                    .isEqualTo("RIFF");
            awaitListeners("lobby", 1);
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            assertThat(body.readNBytes(SOUND.length)).isEqualTo(SOUND);
        }
        awaitListeners("lobby", 0);
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    @Test
    void silenceFlowsInAnIdleWav() throws Exception {
        HttpResponse<InputStream> response = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.wav"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] start = body.readNBytes(44 + 10 * 960);
            assertThat(Arrays.copyOfRange(start, 44, start.length)).containsOnly(0);
        }
    }

    @Test
    void withoutASubprotocolMessagesHoldSoundAndNothingElse() throws Exception {
        try (TestListener bare = TestListener.bare(listen("lobby"))) {
            awaitListeners("lobby", 1);
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            var sound = new ByteArrayOutputStream();
            while (sound.size() < SOUND.length) {
                sound.writeBytes(bare.await(message -> true).bytes().array());
            }
            assertThat(sound.toByteArray()).isEqualTo(SOUND);
        }
        assertThat(handshake("/v1/channels/lobby/listen?rate=44100", "", "")).isEqualTo(400);
    }

    private URI listen(String channel) {
        return gateway.webSocket("/v1/channels/" + channel + "/listen");
    }

    private HttpResponse<String> speak(String channel, String body) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/" + channel + "/utterances"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The HTTP status of a handshake written by hand. */
    private int handshake(String path, String subprotocol, String moreHeaders) throws Exception {
        URI address = gateway.http("/");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n") + moreHeaders
                    + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(start, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    private void awaitListeners(String channel, int count) throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("/v1/channels/" + channel).body().contains("\"listeners\":" + count));
    }

    private static List<byte[]> entries(TestListener listener) {
        return listener.seen().stream()
                .filter(message -> message.json() == null || message.json().has("seq"))
                .map(message -> message.bytes().array())
                .toList();
    }
}
