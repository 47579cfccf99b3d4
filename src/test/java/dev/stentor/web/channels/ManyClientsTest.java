package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyClientsTest {

    private static final int CLIENTS = 10;
    private static final int EACH = 5;

    @Test
    void whatTenClientsQueueAtOnceIsAllSpokenAndEachOnesOrderIsKept() throws Exception {
        byte[] sound = Signals.selfIndexing(960);
        try (var gateway = new TestGateway(ScriptedEngine.speaking(sound, 480));
                TestListener listener = TestListener.join(gateway.webSocket("/v1/channels/lobby/listen"))) {
            // Jackson creates its readers and writers under a lock at first use; BlockHound would see ten threads wait
            // for it.
            speak(gateway, "the first").join();
            listener.await("utterance.ended");
            List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> speakAll(gateway, client, 0))
                    .toList();
            for (int ended = 0; ended < CLIENTS * EACH; ended++) {
                assertThat(listener.await("utterance.ended").path("reason").asString())
                        .isEqualTo("done");
            }
            clients.forEach(CompletableFuture::join);
            List<String> spoken = listener.seen().stream()
                    .map(TestListener.Received::json)
                    .filter(Objects::nonNull)
                    .filter(json -> json.path("t").asString("").equals("utterance.started"))
                    .map(json -> json.path("text").asString())
                    .toList();
            assertThat(spoken).hasSize(1 + CLIENTS * EACH);
            for (int client = 0; client < CLIENTS; client++) {
                String own = "client " + client + " ";
                assertThat(spoken.stream().filter(text -> text.startsWith(own)))
                        .containsExactlyElementsOf(IntStream.range(0, EACH)
                                .mapToObj(turn -> own + turn)
                                .toList());
            }
            assertThat(listener.sound()).hasSize((1 + CLIENTS * EACH) * sound.length);
        }
    }

    /** Queues utterances one after the other, as fast as they are accepted. */
    private static CompletableFuture<Void> speakAll(TestGateway gateway, int client, int turn) {
        if (turn == EACH) {
            return CompletableFuture.completedFuture(null);
        }
        return speak(gateway, "client " + client + " " + turn)
                .thenCompose(taken -> speakAll(gateway, client, turn + 1));
    }

    private static CompletableFuture<Void> speak(TestGateway gateway, String text) {
        var request = HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/utterances"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                .build();
        return TestListener.HTTP
                .sendAsync(request, BodyHandlers.ofString())
                .thenAccept(response -> assertThat(response.statusCode()).isEqualTo(201));
    }
}
