package dev.stentor.cluster.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a port of the loopback address, without persistence. It can be killed and started again on the same port, empty then.
 * Confined to the test's thread.
 */
public final class RealRedis implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path program;
    private final int port;
    private Process process;

    /** Starts it, and waits until it accepts connections. */
    public RealRedis() throws IOException {
        program = ExecutableProvider.newJarResourceProvider().get().toPath();
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = start();
    }

    public int port() {
        return port;
    }

    /** Returns its address as Lettuce reads it. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills it, as {@code kill -9} does. */
    public void kill() {
        var _ = process.destroyForcibly().onExit().join();
    }

    /** Starts it again after {@link #kill}. */
    public void restart() throws IOException {
        process = start();
    }

    @Override
    public void close() {
        kill();
    }

    private Process start() throws IOException {
        List<String> command = List.of(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        Process started = new ProcessBuilder(command)
                .directory(program.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .start();
        var lines = new CopyOnWriteArrayList<String>();
        var ready = new CompletableFuture<Boolean>();
        var _ = Thread.ofPlatform().daemon().name("redis-log").start(() -> read(started, lines, ready));
        if (!ready.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join()) {
            throw new IOException("Redis did not start:\n" + String.join("\n", lines));
        }
        return started;
    }

    private static void read(Process process, List<String> lines, CompletableFuture<Boolean> ready) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains("Ready to accept connections")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.complete(false);
        }
    }
}
