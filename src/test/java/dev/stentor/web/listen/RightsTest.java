package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.Action;
import dev.stentor.access.NewKey;
import dev.stentor.access.Rights;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.usage.Limits;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.UsageStats;
import dev.stentor.web.TestAccess;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listeners, commands and tickets where there are keys, over real sockets. */
class RightsTest extends Listening {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final NewKey hears = NewKey.named("hears");
    private final NewKey speaks = NewKey.named("speaks");
    private Path file;
    private TestAccess access = TestAccess.open();

    @BeforeEach
    void keys() throws Exception {
        gateway.close();
        file = folder.resolve("keys");
        Files.writeString(file, line(speaks, "listen=lobby speak=lobby"));
        access = TestAccess.of(
                Rights.of(List.of("foyer"), List.of(), List.of()), List.of(line(hears, "listen=*")), file);
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard().withAccess(access));
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageThatIsMoreThanListeningNeedsItsRight(ClientMessage message) throws Exception {
        if (message.action() == Action.LISTEN) {
            return;
        }
        String command = "{\"t\":\"" + message.type() + "\",\"ref\":\"r\",\"text\":\"Hello.\"}";
        try (TestListener mute = join("lobby", hears.key());
                TestListener anonymous = join("foyer", null);
                TestListener speaker = join("lobby", speaks.key())) {
            mute.say(command);
            assertThat(mute.await("error").path("code").asString()).isEqualTo("forbidden");
            anonymous.say(command);
            assertThat(anonymous.await("error").path("code").asString()).isEqualTo("forbidden");
            speaker.say(command);
            speaker.say("{\"t\":\"say\",\"ref\":\"after\",\"text\":\"Hello.\"}");
            speaker.await(said -> said.is("said") && ref(said.json()).equals("after"));
            assertThat(speaker.seen()).noneMatch(seen -> seen.is("error"));
        }
        assertThat(access.refusals()).isEqualTo(List.of("COMMAND FORBIDDEN"));
    }

    @Test
    void aCommandIsRefusedAsSoonAsItsKeyIsGone() throws Exception {
        try (TestListener speaker = join("lobby", speaks.key())) {
            Files.writeString(file, "");
            access.keys().refresh();
            speaker.say("{\"t\":\"say\",\"ref\":\"r\",\"text\":\"Hello.\"}");
            assertThat(speaker.await("error").path("code").asString()).isEqualTo("unauthenticated");
        }
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"lobby, '', 4401", "lobby, stk_wrong, 4401", "hall, SPEAKS, 4403"})
    void aListenerWithoutTheRightIsClosedAndCostsNothing(String channel, String credential, int code) throws Exception {
        String key = credential.equals("SPEAKS") ? speaks.key() : credential;
        try (TestListener listener =
                key.isEmpty() ? TestListener.connect(listen(channel)) : TestListener.connect(listen(channel), key)) {
            assertThat(listener.subprotocol()).isEqualTo("stentor.v1");
            assertThat(listener.closeCode()).isEqualTo(code);
        }
        assertThat(gateway.channels().all()).isEmpty();
        assertThat(gateway.broadcasts().connections()).isZero();
        assertThat(access.refusals()).hasSize(1).first().asString().startsWith("HANDSHAKE ");
    }

    @Test
    void whoeverGuessesTooOftenIsToldSoOnBothWays() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(refused("/v1/channels/lobby/listen", "bearer.wrong", "").code())
                    .isEqualTo(4401);
        }
        assertThat(refused("/v1/channels/lobby/listen", "bearer.wrong", "").code())
                .isEqualTo(4429);
        var answer = send("/v1/channels", "wrong", null);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("TooManyAttempts");
    }

    @Test
    void aCallerThatIsTooFastIsToldSoOnAllWaysAndOthersGoOn() throws Exception {
        gateway.close();
        var quotas = new LocalQuotas(InstantSource.system(), () -> 0, null, UsageStats.NONE);
        var limits = new Limits(0.001, 3, 0, 0, 0, 0);
        access = TestAccess.of(
                Rights.of(List.of(), List.of(), List.of()), List.of(line(hears, "listen=*")), file, quotas, limits);
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard().withAccess(access));
        try (TestListener speaker = join("lobby", speaks.key())) {
            for (int i = 0; i < 2; i++) {
                speaker.say("{\"t\":\"say\",\"ref\":\"r" + i + "\",\"text\":\"Hello.\"}");
                speaker.await("said");
            }
            speaker.say("{\"t\":\"say\",\"ref\":\"r2\",\"text\":\"Hello.\"}");
            assertThat(speaker.await("error").path("code").asString()).isEqualTo("too_many_requests");
            assertThat(refused("/v1/channels/lobby/listen", "bearer." + speaks.key(), "")
                            .code())
                    .isEqualTo(4429);
            var answer = send("/v1/channels/lobby", speaks.key(), null);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("\"TooManyRequests\"");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1000");
            assertThat(send("/v1/channels/lobby", hears.key(), null).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTicketOpensTheAddressOnceAndIsNotTakenElsewhere() throws Exception {
        String ticket = ticket(hears, "{\"channel\":\"lobby\"}").path("ticket").asString();
        try (TestListener listener = TestListener.join(ticketed("lobby", ticket));
                TestListener again = TestListener.connect(ticketed("lobby", ticket))) {
            assertThat(again.closeCode()).isEqualTo(4401);
            listener.say("{\"t\":\"say\",\"ref\":\"r\",\"text\":\"Hello.\"}");
            assertThat(listener.await("error").path("code").asString()).isEqualTo("forbidden");
        }
        String many = ticket(hears, "{\"channel\":\"lobby\",\"use\":\"many\",\"lifetime_seconds\":60}")
                .path("ticket")
                .asString();
        assertThat(get("/v1/channels/lobby?ticket=" + many).statusCode()).isEqualTo(200);
        assertThat(get("/v1/channels/hall?ticket=" + many).statusCode()).isEqualTo(403);
        assertThat(get("/v1/channels?ticket=" + many).statusCode()).isEqualTo(401);
        assertThat(send("/v1/tickets", many, "{\"channel\":\"lobby\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTicketForASpeakerSpeaks() throws Exception {
        String ticket = ticket(speaks, "{\"channel\":\"lobby\",\"speak\":true}")
                .path("ticket")
                .asString();
        try (TestListener listener = TestListener.join(ticketed("lobby", ticket))) {
            listener.say("{\"t\":\"say\",\"ref\":\"r\",\"text\":\"Hello.\"}");
            listener.await("said");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                     | 400 | channel
            {"channel":"lobby","use":"twice"}                      | 400 | use
            {"channel":"lobby","use":"many","speak":true}          | 400 | speak
            {"channel":"lobby","lifetime_seconds":31}              | 400 | lifetime_seconds
            {"channel":"lobby","use":"many","lifetime_seconds":0}  | 400 | lifetime_seconds
            {"channel":"a/*"}                                      | 400 | channel
            {"channel":"*"}                                        | 400 | channel
            {"channel":"lobby","speak":true}                       | 403 | Forbidden
            """)
    void aTicketIsForOneChannelAndNoMoreThanItsCallerMay(String body, int status, String word) throws Exception {
        var answer = send("/v1/tickets", hears.key(), body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"" + word + "\"");
    }

    @Test
    void ticketsAreBounded() throws Exception {
        for (int i = 0; i < 10; i++) {
            var _ = ticket(hears, "{\"channel\":\"lobby\"}");
        }
        var answer = send("/v1/tickets", hears.key(), "{\"channel\":\"lobby\"}");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("TooManyTickets");
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
    }

    private TestListener join(String channel, @Nullable String key) throws Exception {
        TestListener listener =
                key == null ? TestListener.connect(listen(channel)) : TestListener.connect(listen(channel), key);
        listener.say("{\"t\":\"hello\",\"v\":1}");
        listener.await("stream");
        return listener;
    }

    private URI ticketed(String channel, String ticket) {
        return gateway.webSocket("/v1/channels/" + channel + "/listen?ticket=" + ticket);
    }

    private JsonNode ticket(NewKey key, String body) throws Exception {
        var answer = send("/v1/tickets", key.key(), body);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String path, String key, @Nullable String body) throws Exception {
        var request = HttpRequest.newBuilder(gateway.http(path)).header("Authorization", "Bearer " + key);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return TestListener.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String line(NewKey key, String rights) {
        return key.line().replaceAll(" listen=.*", " " + rights);
    }

    private static String ref(@Nullable JsonNode json) {
        return json == null ? "" : json.path("ref").asString("");
    }
}
