package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Test of the finished jar: a language model writes forty tokens a second, a cloud speaks them, and a real browser listens.
 */
class TokenStreamIT {

    private static final List<String> SENTENCES = List.of(
            "Ladies and gentlemen of the jury,",
            "this is what the model has to say about it.",
            "It writes one word after the other, as they do.",
            "Nobody waits for the end of it before he hears a word.",
            "Each sentence goes to the cloud as soon as it is whole.",
            "While one is heard, the next ones are fetched already.",
            "Between them there is a pause, as there should be.",
            "And then, as with all good things, it comes to an end.");
    private static final String TEXT = String.join(" ", SENTENCES);

    @Test
    void theFirstSoundIsHeardBeforeHalfOfTheTextIsWrittenAndNoSampleIsMissing() throws Exception {
        Path out = Files.createDirectories(Path.of("target", "whole-way", "tokens"));
        var cloud = new PacedCloud(150, 4);
        try (ScriptedServer server = ScriptedServer.playing(cloud);
                GatewayProcess gateway = GatewayProcess.start(
                        Map.of("DASHSCOPE_API_KEY", "sk-of-nobody"),
                        "--gateway.dashscope.base-url=" + server.baseUrl())) {
            run(gateway, out);
            JsonNode result = JsonMapper.shared().readTree(Files.readString(out.resolve("result.json")));
            assertThat(result.path("tokensAtFirstSound").asInt())
                    .isBetween(1, result.path("tokens").asInt() / 2 - 1);
            assertThat(cloud.texts()) // each on a connection of its own, so one may overtake another on the way
                    .containsExactlyInAnyOrderElementsOf(SENTENCES);
            assertThat(result.path("captions").valueStream().map(JsonNode::asString))
                    .containsExactlyElementsOf(SENTENCES);
            PlayedSound.assertIs(out.resolve("heard.pcm"), result.path("altered"), expected());
            assertThat(gateway.log())
                    .noneMatch(line -> line.contains("LEAK"))
                    .noneMatch(line -> line.contains("jury"))
                    .noneMatch(line -> line.contains(" ERROR "));
        }
    }

    /** Returns the sound of all sentences, each 120 ms after a comma and 250 ms after a stop. */
    private static byte[] expected() {
        var sound = new ByteArrayOutputStream();
        String before = "";
        for (String sentence : SENTENCES) {
            if (!before.isEmpty()) {
                sound.writeBytes(new byte[(before.endsWith(",") ? 120 : 250) * 48]);
            }
            sound.writeBytes(PacedCloud.sound(sentence));
            before = sentence;
        }
        return sound.toByteArray();
    }

    private static void run(GatewayProcess gateway, Path out) throws Exception {
        Path log = out.resolve("script.log");
        var process = new ProcessBuilder(
                        "node",
                        "test/browser/token-script.mjs",
                        "GATEWAY_URL=" + gateway.http(""),
                        "OUT=" + out.toAbsolutePath(),
                        "TEXT=" + TEXT)
                .directory(Path.of("web-demo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
