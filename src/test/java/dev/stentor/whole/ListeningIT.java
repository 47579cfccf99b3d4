package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code scripts/listening-test.sh}: the jar speaks a few sentences with the natural voice, and a recogniser writes down
 * what it hears. Only where both are there: the files of the voice, and what that script installs.
 */
class ListeningIT {

    private static final Path VOICES = Path.of("voices");
    private static final Path RECOGNISER = Path.of("target", "listening", "installed");

    @BeforeAll
    static void bothAreThere() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(VOICES) && holdsAModel(),
                "No files of the natural voice in voices/: its listening test was left out. scripts/natural-voice.sh brings them.");
        Assumptions.assumeTrue(
                Files.exists(RECOGNISER),
                "No recogniser in target/listening: the listening test was left out. scripts/listening-test.sh installs it.");
    }

    @Test
    void aRecogniserUnderstandsTheNaturalVoice() throws Exception {
        try (var gateway = GatewayProcess.start(Map.of(), "--gateway.natural.use=always")) {
            String url = gateway.http("").toString();
            Process listening = new ProcessBuilder(
                            "scripts/listening-test.sh",
                            "--url",
                            url,
                            "--only",
                            "4",
                            "--english",
                            "af_heart",
                            "--chinese",
                            "zf_xiaoxiao")
                    .redirectErrorStream(true)
                    .start();
            String told = new String(listening.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Of so few sentences one word is more than the script allows.
            assertThat(told).contains("| af_heart |").contains("| zf_xiaoxiao |");
            assertThat(wrong(told)).as(told).isLessThanOrEqualTo(4);
        }
    }

    private static int wrong(String told) {
        return told.lines()
                .filter(line -> line.contains(" wrong: "))
                .mapToInt(line -> Integer.parseInt(line.replaceFirst(".*: (\\d+) wrong: .*", "$1")))
                .sum();
    }

    private static boolean holdsAModel() throws IOException {
        try (Stream<Path> files = Files.list(VOICES)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("kokoro") && (name.endsWith(".whl") || name.endsWith(".onnx")));
        }
    }
}
