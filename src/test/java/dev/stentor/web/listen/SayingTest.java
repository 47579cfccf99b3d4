package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** Listeners that speak, over a real socket. */
class SayingTest {

    private final ScriptedEngine engine = ScriptedEngine.of(request ->
            Flux.fromIterable(Signals.chunks(Signals.selfIndexing(request.text().length() * 50), 960)));
    private TestGateway gateway = gateway(ListenControl.SAY);

    @AfterEach
    void end() {
        gateway.close();
    }

    private TestGateway gateway(ListenControl control) {
        return new TestGateway(engine, TestGateway.Options.standard().withControl(control));
    }

    private TestListener join() throws Exception {
        return TestListener.join(gateway.webSocket("/v1/channels/lobby/listen"));
    }

    /** Returns a message of that type, which may have come before others that were waited for. */
    private static JsonNode soFarOrNext(TestListener listener, String type) throws Exception {
        for (TestListener.Received seen : listener.seen()) {
            if (seen.is(type)) {
                return Objects.requireNonNull(seen.json());
            }
        }
        return listener.await(type);
    }

    private List<String> spoken() {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }

    private String utterance(String id) throws Exception {
        return TestListener.HTTP
                .send(
                        HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/utterances/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aTextIsSpokenAtTheSpeedThatItsFirstPieceAsksFor() throws Exception {
        try (TestListener speaker = join()) {
            speaker.say("{\"t\":\"say\",\"ref\":\"r1\",\"text\":\"Fast.\",\"speed\":1.5}");
            speaker.await("said");
            speaker.say("{\"t\":\"say\",\"ref\":\"r2\",\"text\":\"Too fast.\",\"speed\":4.5}");
            assertThat(speaker.await("error").path("message").asString()).contains("speed is 0.25 to 4");
        }
        // The engine is asked on another thread.
        await().untilAsserted(() ->
                assertThat(engine.requests()).extracting(SpeechRequest::speed).containsExactly(1.5));
    }

    @Test
    void aTextIsSpokenForAllAndItsUtteranceIsNamed() throws Exception {
        try (TestListener speaker = join();
                TestListener other = join()) {
            speaker.say("{\"t\":\"say\",\"ref\":\"r1\",\"text\":\"Good evening.\",\"voice\":\"Cherry\"}");
            JsonNode said = speaker.await("said");
            assertThat(said.path("ref").asString()).isEqualTo("r1");
            String id = said.path("id").asString();
            assertThat(other.await("utterance.started").path("id").asString()).isEqualTo(id);
            assertThat(other.await("utterance.ended").path("reason").asString()).isEqualTo("done");
            assertThat(engine.requests().getFirst().voice()).isEqualTo("Cherry");
            assertThat(utterance(id)).doesNotContain("text_state");
        }
    }

    @Test
    void piecesOfOneReferenceAreOneUtterance() throws Exception {
        try (TestListener speaker = join()) {
            speaker.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\"The first sentence is here. The sec\",\"end\":false}");
            String id = speaker.await("said").path("id").asString();
            assertThat(soFarOrNext(speaker, "utterance.started").path("open").asBoolean())
                    .isTrue();
            speaker.say("{\"t\":\"say\",\"ref\":\"b\",\"text\":\"Another text.\"}");
            assertThat(speaker.await("said").path("id").asString()).isNotEqualTo(id);
            speaker.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\"ond one ends.\",\"end\":false}");
            assertThat(speaker.await("said").path("id").asString()).isEqualTo(id);
            speaker.say("{\"t\":\"say\",\"ref\":\"a\"}");
            assertThat(speaker.await("said").path("id").asString()).isEqualTo(id);
            Awaitility.await().until(() -> spoken().size() == 3);
            assertThat(spoken())
                    .containsExactly("The first sentence is here.", "The second one ends.", "Another text.");
        }
    }

    @Test
    void aPieceOfATextThatWasInterruptedIsRefusedUntilItsEnd() throws Exception {
        try (TestListener speaker = join()) {
            speaker.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\"A long story begins here. It\",\"end\":false}");
            speaker.await("utterance.started");
            speaker.say("{\"t\":\"interrupt\",\"ref\":\"i\",\"drain_ms\":40,\"fade_ms\":10}");
            JsonNode clear = speaker.await("clear");
            assertThat(clear.path("fade_ms").asInt()).isEqualTo(10);
            assertThat(clear.path("reason").asString()).isEqualTo("interrupt");
            for (String end : List.of("false", "true")) {
                speaker.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\" goes on.\",\"end\":" + end + "}");
                JsonNode error = speaker.await("error");
                assertThat(error.path("ref").asString()).isEqualTo("a");
                assertThat(error.path("code").asString()).isEqualTo("utterance_over");
                assertThat(error.path("fatal").asBoolean(true)).isFalse();
            }
            speaker.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\"A new text.\"}");
            speaker.await("said");
            assertThat(spoken()).doesNotContain("It goes on.");
        }
    }

    @Test
    void whoGoesAwayHasSaidWhatCame() throws Exception {
        String id;
        try (TestListener speaker = join()) {
            speaker.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\"I was about to\",\"end\":false}");
            id = speaker.await("said").path("id").asString();
        }
        Awaitility.await().until(() -> utterance(id).contains("\"state\":\"done\""));
        assertThat(utterance(id)).contains("\"text_state\":\"ended\"");
        assertThat(spoken()).containsExactly("I was about to");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"t":"say","text":"a"}                            | bad_message   | ref:        |
            {"t":"say","ref":"","text":"a"}                   | bad_message   | ref:        |
            {"t":"say","ref":"r"}                             | bad_message   | text:       | r
            {"t":"say","ref":"r","text":" "}                  | bad_message   | text:       | r
            {"t":"say","ref":"r","text":5}                    | bad_message   | text:       | r
            {"t":"say","ref":"r","text":"a","end":"no"}       | bad_message   | end:        | r
            {"t":"say","ref":"r","text":"a","mode":"loud"}    | bad_message   | mode:       | r
            {"t":"say","ref":"r","text":"a","speed":"2"}      | bad_message   | speed:      | r
            {"t":"say","ref":"r","text":"a","expires_ms":0}   | bad_message   | expires_ms: | r
            {"t":"interrupt","ref":"r","drain_ms":-1}         | bad_message   | drain_ms:   | r
            {"t":"interrupt","ref":"r","fade_ms":"soon"}      | bad_message   | fade_ms:    | r
            """)
    void aWrongCommandIsRefusedAndTheLineStays(String command, String code, String field, @Nullable String ref)
            throws Exception {
        try (TestListener speaker = join()) {
            speaker.say(command);
            JsonNode error = speaker.await("error");
            assertThat(error.path("code").asString()).isEqualTo(code);
            assertThat(error.path("message").asString()).startsWith(field);
            assertThat(error.path("ref").asString("")).isEqualTo(ref == null ? "" : ref);
            assertThat(error.path("fatal").asBoolean(true)).isFalse();
            speaker.say("{\"t\":\"say\",\"ref\":\"next\",\"text\":\"Still here.\"}");
            speaker.await("said");
        }
    }

    @Test
    void tooManyOpenTextsAreRefused() throws Exception {
        try (TestListener speaker = join()) {
            for (int i = 0; i < 16; i++) {
                speaker.say("{\"t\":\"say\",\"ref\":\"r" + i + "\",\"end\":false}");
                speaker.await("said");
            }
            speaker.say("{\"t\":\"say\",\"ref\":\"more\",\"end\":false}");
            assertThat(speaker.await("error").path("message").asString()).startsWith("ref:");
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE,say", "NONE,interrupt", "INTERRUPT,say"})
    void nobodyDoesWhatTheSettingDoesNotPermit(ListenControl control, String command) throws Exception {
        gateway.close();
        gateway = gateway(control);
        try (TestListener speaker = join()) {
            speaker.say("{\"t\":\"" + command + "\",\"ref\":\"r\",\"text\":\"a\"}");
            JsonNode error = speaker.await("error");
            assertThat(error.path("code").asString()).isEqualTo("forbidden");
            assertThat(error.path("ref").asString()).isEqualTo("r");
            assertThat(error.path("fatal").asBoolean(true)).isFalse();
            speaker.say("{\"t\":\"time\",\"t0\":1}");
            speaker.await("time");
        }
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void whoMayInterruptMayDoOnlyThat() throws Exception {
        gateway.close();
        gateway = gateway(ListenControl.INTERRUPT);
        try (TestListener speaker = join()) {
            speaker.say("{\"t\":\"interrupt\"}");
            assertThat(speaker.await("clear").path("gen").asInt()).isEqualTo(2);
        }
    }
}
