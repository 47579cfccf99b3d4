package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.whole.ScriptedCloud.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Test of the finished jar between pages in a real browser and a cloud that is slow, stalls and breaks off. In one run all pages
 * listen at the same time. Figures are in {@code target/whole-way/difficult-cloud}.
 */
class DifficultCloudIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEY = "sk-difficult-cloud-0123456789";
    private static final String CANCELLED = "This one is cut off in the middle of the sentence.";
    /** Set by scripts/long-tests.sh. Elsewhere a busy machine decides on times too. */
    private static final boolean QUIET_MACHINE = System.getenv("STENTOR_QUIET_MACHINE") != null;

    private static final Script NEXT = Script.steady(1_200, 4);
    private static final Map<String, Script> SCRIPTS = Map.of(
            CANCELLED,
            Script.steady(12_000, 1.2),
            "After the interruption.",
            NEXT,
            "A stall that nobody hears.",
            Script.steady(4_000, 1.5).stalling(2_500, 600),
            "A stall that somebody may hear.",
            Script.steady(4_000, 1.05).stalling(2_500, 600),
            "The line is cut twice here.",
            Script.steady(4_000, 3),
            "This one breaks off.",
            Script.steady(4_000, 3).breaking(1_500),
            "After the failure.",
            Script.steady(1_300, 4));

    private static Path out;
    private static ScriptedCloud cloud;
    private static GatewayProcess gateway;
    private static JsonNode result;

    @BeforeAll
    static void listen() throws Exception {
        out = Files.createDirectories(Path.of("target", "whole-way", "difficult-cloud"));
        cloud = new ScriptedCloud(SCRIPTS);
        gateway =
                GatewayProcess.start(Map.of("DASHSCOPE_API_KEY", KEY), "--gateway.dashscope.base-url=" + cloud.base());
        Path log = out.resolve("script.log");
        var process = new ProcessBuilder(
                        "node",
                        "test/browser/cloud-script.mjs",
                        "GATEWAY_URL=" + gateway.http(""),
                        "OUT=" + out.toAbsolutePath())
                .directory(Path.of("web-demo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        result = JSON.readTree(Files.readString(out.resolve("result.json")));
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
        cloud.close();
        assertThat(gateway.log())
                .noneMatch(line -> line.contains("LEAK"))
                .noneMatch(line -> line.contains(KEY))
                .noneMatch(line -> line.contains("breaks off"))
                .noneMatch(line -> line.contains(" ERROR "));
    }

    @Test
    void aClearCancelsTheCallToTheCloud() throws Exception {
        JsonNode cleared = result.path("cleared");
        long tookMillis =
                cloud.cancelledAt(CANCELLED) - cleared.path("asked_at_ms").asLong();
        Files.writeString(
                out.resolve("cancelled.json"), JSON.createObjectNode().put("cancelled_ms", tookMillis) + "\n");
        assertThat(cloud.cancelled()).contains(CANCELLED);
        assertThat(tookMillis)
                .as("from the question on, of which the answer took its part; its sound ends after 10 s")
                .isBetween(0L, cleared.path("answered_ms").asLong() + (QUIET_MACHINE ? 100 : 5_000));
        assertWhole(cleared.path("next"), "next", NEXT);
    }

    @Test
    void aStallOfTheCloudCostsNoSample() throws Exception {
        if (QUIET_MACHINE) {
            assertThat(result.path("narration").path("underruns").asInt()).isZero();
        }
        assertWhole(result.path("narration"), "narration", script("A stall that nobody hears."));
        assertWhole(result.path("conversation"), "conversation", script("A stall that somebody may hear."));
    }

    @Test
    void twoDisconnectionsInOneSentenceCostNoSample() throws Exception {
        assertThat(result.path("cut").path("reconnects").asInt()).isEqualTo(2);
        assertThat(result.path("cut").path("gaps").asInt()).isZero();
        assertWhole(result.path("cut"), "cut", script("The line is cut twice here."));
    }

    @Test
    void aFailureInMidSentenceIsToldAndTheNextUtteranceIsWhole() throws Exception {
        JsonNode failed = result.path("failed");
        assertThat(failed.path("first").path("reason").asString()).isEqualTo("failed");
        assertThat(failed.path("first").path("samples").asInt()).isEqualTo(1_500 * 24);
        assertThat(failed.path("first").path("lost").asInt()).isZero();
        assertWhole(failed.path("next"), "after-failure", script("After the failure."));
    }

    private static Script script(String text) {
        return Objects.requireNonNull(SCRIPTS.get(text));
    }

    private static void assertWhole(JsonNode heard, String file, Script script) throws Exception {
        assertThat(heard.path("lost").asInt()).as(file).isZero();
        assertThat(heard.path("repeated").asInt()).as(file).isZero();
        PlayedSound.assertIs(out.resolve(file + ".pcm"), heard.path("altered"), script.sound());
    }
}
