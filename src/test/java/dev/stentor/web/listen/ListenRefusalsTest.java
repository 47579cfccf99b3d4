package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ListenRefusalsTest extends Listening {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            rubbish                          | 4400 | bad_message      | message
            [1]                              | 4400 | bad_message      | message
            {"t":"report"}                   | 4400 | bad_message      | t
            {"t":"hello","v":2}              | 4426 | version          | v
            {"t":"hello","v":1,"formats":["flac/24000/1"]} | 4415 | no_common_format | formats
            {"t":"hello","v":1,"sync":"near"} | 4400 | bad_message     | sync
            {"t":"hello","v":1,"formats":5}  | 4400 | bad_message      | formats
            {"t":"hello","v":1,"join":"now"} | 4400 | bad_message      | join
            {"t":"hello","v":1,"client":{"id":7}} | 4400 | bad_message | client.id
            {"t":"hello","v":1,"resume":{"epoch":"x"}} | 4400 | bad_message | resume.epoch
            {"t":"hello","v":1,"resume":{"epoch":1,"seq":2,"pos":99999999999999999999}} | 4400 | bad_message | resume.pos
            {"t":"hello","v":1,"resume":{"epoch":1,"seq":2,"pos":-1}} | 4400 | bad_message | resume.pos
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
                                new ListenTimes(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(50))));
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
    void aRefusedBareListenerCostsNoPlace() throws Exception {
        gateway.close();
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard().withLimits(1, 3));
        try (TestListener first = TestListener.join(listen("lobby"))) {
            for (int i = 0; i < 5; i++) {
                try (TestListener refused = TestListener.bare(listen("hall"))) {
                    assertThat(refused.closeCode()).isEqualTo(4429);
                }
            }
            first.say("{\"t\":\"bye\"}");
            assertThat(first.closeCode()).isEqualTo(1000);
        }
        Awaitility.await().until(() -> gateway.broadcasts().connections() == 0);
    }

    @Test
    void theHandshakeRefusesWhatItCannotServe() throws Exception {
        assertThat(get("/v1/channels/lobby/listen").statusCode()).isEqualTo(426);
        assertThat(get("/v1/channels/-/audio.wav").body()).contains("\"field\":\"channel\"");
        assertThat(get("/v1/channels/lobby/audio.wav?silence=maybe").body()).contains("\"field\":\"silence\"");
    }

    @ParameterizedTest(name = "{0} as {1} from {2}")
    @CsvSource({
        "/v1/channels/%20/listen, stentor.v1, '', 4400, channel: ",
        "/v1/channels/lobby/listen, chat, '', 4400, Sec-WebSocket-Protocol: ",
        "/v1/channels/lobby/listen?create=maybe, stentor.v1, '', 4400, create: ",
        "/v1/channels/lobby/listen?rate=7, '', '', 4400, rate: ",
        "/v1/channels/lobby/listen?create=never, stentor.v1, '', 4404, channel: There is no such channel.",
        "/v1/channels/lobby/listen?create=never, '', '', 4404, channel: There is no such channel.",
        "/v1/channels/lobby/listen, stentor.v1, https://evil.example, 4403, Pages of this origin may not",
    })
    void aWellFormedHandshakeIsRefusedByAClose(String path, String protocol, String origin, int code, String reason)
            throws Exception {
        String page = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
        Refused refused = refused(path, protocol, page);
        assertThat(refused.head()).startsWith("HTTP/1.1 101 ");
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason()).startsWith(reason);
        assertThat(refused.head().toLowerCase(Locale.ROOT).contains("sec-websocket-protocol: " + protocol))
                .isEqualTo(!protocol.isEmpty());
        assertThat(gateway.channels().all()).isEmpty();
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    @Test
    void anAllowedPageMayListen() throws Exception {
        assertThat(handshake("/v1/channels/lobby/listen", "stentor.v1", "Origin: https://allowed.example\r\n"))
                .isEqualTo(101);
    }

    @ParameterizedTest(name = "without {0}")
    @CsvSource({"Sec-WebSocket-Key", "Sec-WebSocket-Version", "Connection"})
    void aHandshakeThatLacksAHeaderIsAnswered(String missing) throws Exception {
        List<String> all = List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
        List<String> rest =
                all.stream().filter(line -> !line.startsWith(missing + ":")).toList();
        assertThat(handshakeWith("/v1/channels/lobby/listen", lines(rest))).isEqualTo(400);
        assertThat(handshakeWith("/v1/channels/lobby/listen", lines(all))).isEqualTo(101);
    }

    private static String lines(List<String> headers) {
        return headers.stream().map(line -> line + "\r\n").collect(Collectors.joining());
    }
}
