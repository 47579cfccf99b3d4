package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts of the player's {@code package.json}, run as a developer runs them. */
final class Npm {

    private Npm() {}

    /** Runs npm in {@code web-demo}; fails, with all that it printed, unless it ends with 0 in time. The log stays below {@code target}. */
    static void run(String log, Duration limit, String... arguments) throws IOException, InterruptedException {
        Path file = Files.createDirectories(Path.of("target", "whole-way", "player"))
                .resolve(log + ".log");
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(Path.of("web-demo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(file);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
