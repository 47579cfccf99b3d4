package dev.stentor.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A program in a JVM of its own, on this test's class path, for what would end the test's own JVM. Thread-safe. */
public final class ChildJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> read = new CompletableFuture<>();

    /**
     * Starts a program.
     *
     * @param options options of the JVM, besides those that make it start faster
     * @param main the class with the main method
     */
    public ChildJvm(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("DASHSCOPE_API_KEY");
        process = builder.start();
        var _ = Thread.ofPlatform().daemon().name("child-log").start(this::read);
    }

    /** Waits for the first line of its output that fits, and returns it. */
    @CanIgnoreReturnValue
    public String await(Predicate<String> line) {
        return Awaitility.await("a line of:\n" + String.join("\n", log))
                .atMost(LIMIT)
                .until(
                        () -> log.stream().filter(line).findFirst().orElse(read.isDone() ? "it has ended" : ""),
                        found -> !found.isEmpty());
    }

    /** Returns the lines of output so far. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append("\n").flush();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        var _ = process.toHandle().destroy(); // unlike that of the process, this leaves its output open
    }

    /** Waits for its end, and returns the exit code. */
    public int exitCode() {
        int code = process.onExit()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
        var _ = read.join();
        return code;
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        var _ = process.destroyForcibly().onExit().join();
        var _ = read.join();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(log::add);
        } catch (IOException | UncheckedIOException _) { // it was killed
            log.add("(its output broke off)");
        } finally {
            read.complete(true);
        }
    }
}
