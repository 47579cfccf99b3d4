package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Comparison of the tables in {@code docs/scaling.md} with what the script computes and simulates. */
class ScalingPageIT {

    @Test
    void thePageHasTheTablesOfTheScript() throws IOException, InterruptedException {
        Path log = Files.createDirectories(Path.of("target", "whole-way")).resolve("scaling.log");
        var process = new ProcessBuilder("node", "scripts/lab/capacity.mjs")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("docs/scaling.md has these tables");
    }
}
