package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.TestListener;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The same text twice over the whole gateway with the embedded voice: the second time it comes from the archive. */
class SpokenAgainIT {

    private static final String TEXT = "Well, good evening. The gates open at nine. Please keep your tickets ready.";

    /** A caption, with its place counted from the first sample of its utterance. */
    private record Shown(long sample, String text, int from, int to, int part, int parts) {}

    /** An utterance as a listener got it. */
    private record Got(List<Shown> captions, ByteBuffer sound) {}

    @Test
    void captionsAndSoundAreTheSameFromTheArchive(@TempDir Path folder) throws Exception {
        try (ConfigurableApplicationContext gateway = WholeGateway.start(folder, "--gateway.engine=local")) {
            String at = "127.0.0.1:" + WholeGateway.port(gateway) + "/v1/channels/";
            try (var lobby = TestListener.join(URI.create("ws://" + at + "lobby/listen"));
                    var hall = TestListener.join(URI.create("ws://" + at + "hall/listen"))) {
                speak(at, "lobby");
                speak(at, "hall"); // shares the call, or comes after it
                Got first = next(lobby);
                assertThat(first.captions())
                        .extracting(Shown::text)
                        .containsExactly(
                                "Well, good evening.", "The gates open at nine.", "Please keep your tickets ready.");
                assertThat(first.captions()).extracting(Shown::part).containsExactly(1, 2, 3);
                assertThat(first.captions()).allSatisfy(caption -> {
                    assertThat(TEXT.substring(caption.from(), caption.to())).isEqualTo(caption.text());
                    assertThat(caption.parts()).isEqualTo(3);
                });
                assertThat(first.captions().getFirst().sample()).isZero();
                assertThat(first.captions())
                        .extracting(Shown::sample)
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertSame(next(hall), first);
                speak(at, "lobby");
                assertSame(next(lobby), first);
                assertThat(recordings(folder.resolve("archive")))
                        .as("it was spoken once")
                        .isEqualTo(1);
            }
        }
    }

    private static long recordings(Path archive) throws Exception {
        try (Stream<Path> files = Files.list(archive)) {
            return files.filter(file -> file.toString().endsWith(".wav")).count();
        }
    }

    private static void assertSame(Got again, Got first) {
        assertThat(again.captions()).isEqualTo(first.captions());
        assertThat(again.sound()).isEqualTo(first.sound());
    }

    private static void speak(String at, String channel) throws Exception {
        var answer = TestListener.HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + at + channel + "/utterances"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + TEXT + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** Waits for the end of the next utterance, and takes its captions and its sound out of what was heard. */
    private static Got next(TestListener listener) throws Exception {
        listener.seen().clear();
        JsonNode ended = listener.await("utterance.ended");
        long pos = ended.path("pos").asLong();
        List<Shown> captions = listener.seen().stream()
                .filter(message -> message.is("caption"))
                .map(TestListener.Received::json)
                .map(json -> new Shown(
                        json.path("pos").asLong() - pos,
                        json.path("text").asString(),
                        json.path("from").asInt(),
                        json.path("to").asInt(),
                        json.path("part").asInt(),
                        json.path("parts").asInt()))
                .toList();
        return new Got(captions, ByteBuffer.wrap(listener.sound()));
    }
}
