package dev.stentor.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The executable jar in a process of its own, on a free loopback port, unpacked as it is in the image. {@link #close} ends it. Such a process
 * is too short-lived to gain from the JVM's second compiler, so only the first one compiles.
 */
final class GatewayProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");
    private static final long LIMIT_SECONDS = 90;
    private static final long END_SECONDS = 20;

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> managementPort = new CompletableFuture<>();
    private final CompletableFuture<Boolean> read = new CompletableFuture<>();

    private GatewayProcess(Process process) {
        this.process = process;
        var _ = Thread.ofPlatform().daemon().name("gateway-log").start(this::read);
    }

    /** Starts a gateway with an archive of its own; it serves when this returns. */
    static GatewayProcess start(Map<String, String> environment, String... arguments) throws Exception {
        Path folders = Files.createDirectories(Path.of("target", "whole-way"));
        return startOn(Files.createTempDirectory(folders, "archive-"), environment, arguments);
    }

    /** Starts a gateway on the archive in that folder; it serves when this returns. */
    static GatewayProcess startOn(Path archive, Map<String, String> environment, String... arguments) throws Exception {
        return startWith(UnpackedJar.options(), archive, environment, arguments);
    }

    /** Starts a gateway from the jar as it is, on the archive in that folder; it serves when this returns. */
    static GatewayProcess startPacked(Path archive, Map<String, String> environment, String... arguments)
            throws Exception {
        return startWith(List.of("-jar", System.getProperty("stentor.jar")), archive, environment, arguments);
    }

    /** Starts a gateway by these options of the JVM, on the archive in that folder; it serves when this returns. */
    static GatewayProcess startWith(
            List<String> jar, Path archive, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = command(jar, archive, arguments);
        if (command.stream().noneMatch(argument -> argument.startsWith("--server.port="))) {
            command.add("--server.port=0");
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("DASHSCOPE_API_KEY");
        builder.environment().putAll(environment);
        var gateway = new GatewayProcess(builder.start());
        try {
            var _ = gateway.port.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            var _ = gateway.managementPort.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            gateway.close();
            throw new AssertionError("the gateway did not start:\n" + String.join("\n", gateway.log), e);
        }
        return gateway;
    }

    /** Returns the command that starts a gateway on the archive in that folder. Its port is still to be added. */
    static List<String> command(Path archive, String... arguments) throws Exception {
        return command(UnpackedJar.options(), archive, arguments);
    }

    private static List<String> command(List<String> jar, Path archive, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dio.netty.leakDetection.level=paranoid",
                "-Dio.netty.leakDetection.acquireAndReleaseOnly=true",
                "-Dgateway.warm-up=false")); // a hundred utterances
        command.addAll(jar);
        command.addAll(List.of(
                "--gateway.overload.lateness=0", // a busy machine is no reason for a test to fail
                "--gateway.archive.directory=" + archive.toAbsolutePath()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Returns the program that runs a JVM like this one. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns the address of a path over HTTP. */
    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port.join() + path);
    }

    /** Returns the address of a path on the port of health and metrics. */
    URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort.join() + path);
    }

    /** Returns the lines of output so far. */
    List<String> log() {
        return List.copyOf(log);
    }

    /** Returns the process id, for figures that the operating system keeps. */
    long pid() {
        return process.pid();
    }

    /** Ends the process as a crash would, with no chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        var _ = process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
        var _ = read.join();
    }

    /** Asks the process to stop, and waits. */
    @Override
    public void close() {
        closeWithin(END_SECONDS);
    }

    /** Asks the process to stop, and waits so long. */
    void closeWithin(long seconds) {
        var _ = process.toHandle().destroy(); // unlike that of the process, this leaves its output open
        try {
            var _ = process.onExit().orTimeout(seconds, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw new AssertionError("the gateway did not stop by itself:\n" + String.join("\n", log), e);
        }
        var _ = read.join();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher started = STARTED.matcher(line);
                if (started.find() && !port.complete(Integer.parseInt(started.group(1)))) {
                    managementPort.complete(Integer.parseInt(started.group(1))); // always the second
                }
            }
            port.completeExceptionally(new IOException("it ended"));
            managementPort.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            port.completeExceptionally(e);
            managementPort.completeExceptionally(e);
        } finally {
            read.complete(true);
        }
    }
}
