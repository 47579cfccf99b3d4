package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ListenApiTest extends Listening {

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
    void anOpenConnectionDoesNotKeepTheRequestThatItBeganWith() throws Exception {
        try (TestListener _ = TestListener.join(listen("lobby"))) {
            Awaitility.await().until(() -> {
                System.gc();
                return !gateway.isLatestRequestKept();
            });
        }
    }

    @Test
    void theFirstFormatOfTheHelloThatThereIsIsTaken() throws Exception {
        try (TestListener opus = TestListener.connect(listen("lobby"));
                TestListener pcm = TestListener.connect(listen("lobby"))) {
            opus.say("{\"t\":\"hello\",\"v\":1,\"formats\":[\"flac/24000/1\",\"opus/48000/1\",\"pcm_s16le/24000/1\"]}");
            pcm.say("{\"t\":\"hello\",\"v\":1,\"formats\":[\"pcm_s16le/24000/1\",\"opus/48000/1\"]}");
            assertThat(opus.await("stream").path("codec").asString()).isEqualTo("opus");
            assertThat(pcm.await("stream").path("codec").asString()).isEqualTo("pcm_s16le");
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            assertThat(opus.await("utterance.ended")).isEqualTo(pcm.await("utterance.ended"));
            assertThat(opus.sound()).hasSizeBetween(500, 4_000);
            assertThat(pcm.sound()).isEqualTo(SOUND);
        }
    }

    @Test
    void twoHundredListenersGetTheSameBytesWhileOneDoesNotRead() throws Exception {
        gateway.close();
        byte[] sound = Signals.selfIndexing(12 * 24_000);
        var settings = ChannelSettings.conversation().withLead(Duration.ofSeconds(1));
        gateway = new TestGateway(
                ScriptedEngine.speaking(sound, 48_000),
                TestGateway.Options.standard().withChannel(settings).withLag(Duration.ofSeconds(6)));
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
            listener.say("{\"t\":\"report\",\"pos\":480,\"buffer_ms\":140,\"underruns\":1,\"state\":\"playing\","
                    + "\"sync_error_ms\":-0.4,\"muted\":true}");
            listener.say("{\"t\":\"time\",\"t0\":1}");
            listener.await("time");
            String listeners = get("/v1/channels/lobby/listeners").body();
            assertThat(listeners)
                    .contains(
                            "kiosk-7",
                            "\"buffer_ms\":140",
                            "\"underruns\":1",
                            "\"state\":\"playing\"",
                            "\"lag_ms\":",
                            "\"sync_error_ms\":-0.4",
                            "\"muted\":true");
            listener.say("{\"t\":\"report\",\"pos\":480,\"state\":\"playing\",\"sync_error_ms\":null}");
            listener.say("{\"t\":\"time\",\"t0\":1}");
            listener.await("time");
            assertThat(get("/v1/channels/lobby/listeners").body()).doesNotContain("sync_error_ms", "muted");
        }
    }

    private static List<byte[]> entries(TestListener listener) {
        return listener.seen().stream()
                .filter(message -> message.json() == null || message.json().has("seq"))
                .map(message -> message.bytes().array())
                .toList();
    }
}
