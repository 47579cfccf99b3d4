package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Test of a page whose gateway is killed in mid-sentence and started again: the page says what was lost, and goes on by itself. A page that
 * the finished jar refuses says why.
 */
class RestartedGatewayIT {

    @Test
    void aPageSaysWhatAKilledGatewayCostItAndGoesOnByItself() throws Exception {
        Path out = Files.createDirectories(Path.of("target", "whole-way", "restarted"))
                .toAbsolutePath();
        Path log = out.resolve("script.log");
        List<String> command = new ArrayList<>(List.of(
                "node", "test/browser/killed-script.mjs", "OUT=" + out, "DOWN_MS=1000", "TIMEOUT_MS=90000", "--"));
        command.addAll(GatewayProcess.command(Files.createTempDirectory(out, "archive-"), "--gateway.engine=local"));
        var process = new ProcessBuilder(command)
                .directory(Path.of("web-demo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(300, TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(Files.readAllLines(out.resolve("gateway.log")))
                .noneMatch(line -> line.contains("LEAK"))
                .noneMatch(line -> line.contains(" ERROR "));
    }
}
