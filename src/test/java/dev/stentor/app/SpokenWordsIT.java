package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.onnx.OnnxFile;
import dev.stentor.web.TestListener;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The times of words over the whole gateway, with a natural voice of a few kilobytes: a graph that makes a tone of 50 ms of each letter, and
 * silence of all else, so that the sound itself shows where the words are.
 */
class SpokenWordsIT {

    private static final String TEXT = "Cab bed, dip 20. “Bed” dip cab; bed.";
    private static final List<String> WORDS = List.of("Cab", "bed", "dip", "20", "Bed", "dip", "cab", "bed");
    private static final String DICTIONARY =
            "{\"cab\": \"kab\", \"bed\": \"bed\", \"dip\": \"dip\", \"twenty\": \"tenti\"}";
    private static final String SYMBOLS = " .,;“”abcdefghijklmnopqrstuvwxyz";
    private static final int FIRST_LETTER = SYMBOLS.indexOf('a') + 1;
    private static final int SAMPLES = 1_200;
    private static final int EDGE = 120;

    /** How much earlier a word is told, since the real voice is heard before its frames, as this one is not. */
    private static final int EARLY = (int) SpeechTime.samples(35);

    /** A word as a listener was told of it, its samples counted from the first one of the utterance. */
    private record Told(int from, int to, int begin, int end) {}

    @Test
    void eachWordIsToldWhereItSounds(@TempDir Path folder) throws Exception {
        Path voices = voice(Files.createDirectory(folder.resolve("voices")));
        try (ConfigurableApplicationContext gateway = WholeGateway.start(
                folder,
                "--gateway.engine=local",
                "--gateway.natural.use=always",
                "--gateway.natural.own-files=true",
                "--gateway.natural.folder=" + voices)) {
            String at = "127.0.0.1:" + WholeGateway.port(gateway);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> get(at, "/readyz").statusCode() == 200);
            assertThat(get(at, "/v1/models").body()).contains("\"speakers\":[\"natural\"");
            try (var listener = TestListener.join(URI.create("ws://" + at + "/v1/channels/lobby/listen"))) {
                List<Told> first = heard(at, listener);
                assertThat(first)
                        .extracting(word -> TEXT.substring(word.from(), word.to()))
                        .containsExactlyElementsOf(WORDS);
                List<Told> fromTheArchive = heard(at, listener);
                assertThat(fromTheArchive).isEqualTo(first);
            }
        }
    }

    /** Has the text spoken, and returns its words; each was compared with the sound. */
    private static List<Told> heard(String at, TestListener listener) throws Exception {
        listener.seen().clear();
        JsonNode spoken = post(at, "{\"text\":\"" + TEXT + "\",\"marks\":[{\"id\":\"twenty\",\"at\":13}]}");
        JsonNode ended = listener.await("utterance.ended");
        long pos = ended.path("pos").asLong();
        ShortBuffer sound =
                ByteBuffer.wrap(listener.sound()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        var words = new ArrayList<Told>();
        for (TestListener.Received message : listener.seen()) {
            if (message.is("words")) {
                JsonNode json = Objects.requireNonNull(message.json());
                int begin = (int) (json.path("pos").asLong() - pos);
                for (JsonNode word : json.path("words")) {
                    words.add(new Told(
                            word.get(0).asInt(),
                            word.get(1).asInt(),
                            begin + word.get(2).asInt(),
                            begin + word.get(3).asInt()));
                }
            }
        }
        for (Told word : words) {
            int end = word.end() + EARLY;
            int begin = end - letters(word) * SAMPLES;
            assertThat(word.begin()).isBetween(Math.max(0, begin - EARLY), begin);
            assertThat(peak(sound, begin - EDGE, begin)).as("before " + word).isLessThan(50);
            assertThat(peak(sound, begin, begin + EDGE)).as("at " + word).isGreaterThan(1_000);
            assertThat(peak(sound, end - EDGE, end)).as("end of " + word).isGreaterThan(1_000);
            assertThat(peak(sound, end, end + EDGE)).as("behind " + word).isLessThan(50);
        }
        JsonNode mark = listener.seen().stream()
                .filter(message -> message.is("mark"))
                .map(TestListener.Received::json)
                .findFirst()
                .orElseThrow();
        assertThat(mark.path("estimated").asBoolean()).isFalse();
        assertThat(mark.path("pos").asLong() - pos).isEqualTo(words.get(3).begin());
        assertThat(spoken.path("id").asString()).isEqualTo(ended.path("id").asString());
        return words;
    }

    private static int letters(Told word) {
        return TEXT.substring(word.from(), word.to()).equals("20") ? "tenti".length() : 3;
    }

    private static int peak(ShortBuffer sound, int from, int to) {
        int peak = 0;
        for (int n = Math.max(0, from); n < to; n++) {
            peak = Math.max(peak, Math.abs(sound.get(n)));
        }
        return peak;
    }

    private static Path voice(Path folder) throws Exception {
        int count = SYMBOLS.length() + 1;
        float[] tones = new float[count * SAMPLES];
        for (int letter = FIRST_LETTER; letter < count; letter++) {
            for (int n = 0; n < SAMPLES; n++) {
                tones[letter * SAMPLES + n] = 0.5f * (float) Math.cos(2 * Math.PI * 40 * letter * n / 24_000);
            }
        }
        float[] frames = new float[count];
        Arrays.fill(frames, 2);
        new OnnxFile()
                .input("tokens", OnnxFile.INT64, 1, -1)
                .input("style", OnnxFile.FLOAT, 1, 256)
                .input("speed", OnnxFile.FLOAT, 1)
                .output("audio", OnnxFile.FLOAT, -1)
                .output("durations", OnnxFile.FLOAT, -1)
                .floats("tones", new int[] {count, SAMPLES}, tones)
                .floats("frames", new int[] {count}, frames)
                .longs("flat", new int[] {1}, -1)
                .node("Gather", "tones tokens", "rows")
                .node("Reshape", "rows flat", "sound")
                .node("ReduceMean", "style", "loudness", "keepdims", 0)
                .node("Mul", "sound loudness", "voiced")
                .node("Div", "voiced speed", "audio")
                .node("Gather", "frames tokens", "each")
                .node("Reshape", "each flat", "durations")
                .writeTo(folder.resolve("tiny.onnx"));
        var vocab = new StringBuilder();
        for (int n = 0; n < SYMBOLS.length(); n++) {
            vocab.append(n == 0 ? "" : ", ")
                    .append('"')
                    .append(SYMBOLS.charAt(n))
                    .append("\": ")
                    .append(n + 1);
        }
        Files.writeString(folder.resolve("vocab.json"), "{\"vocab\": {" + vocab + "}}");
        for (String name : List.of("us_gold.json", "us_silver.json", "gb_gold.json", "gb_silver.json")) {
            Files.writeString(folder.resolve(name), DICTIONARY);
        }
        ByteBuffer table = ByteBuffer.allocate(510 * 256 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (table.hasRemaining()) {
            table.putFloat(1);
        }
        Files.write(folder.resolve("af_heart.bin"), table.array());
        return folder;
    }

    private static HttpResponse<String> get(String at, String path) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + at + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode post(String at, String body) throws Exception {
        var answer = TestListener.HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + at + "/v1/channels/lobby/utterances"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonMapper().readTree(answer.body());
    }
}
