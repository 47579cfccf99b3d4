package dev.stentor.cluster.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a port of the loopback address, without persistence. It can be killed and started again on the same port, empty then.
 * Confined to the test's thread.
 */
public final class RealRedis implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String SERVES = "Ready to accept connections";
    private static final List<String> FORGETS = List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no");

    private final Path program;
    private final int port;
    private final List<String> arguments;
    private final String ready;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Process process;

    /** Starts it, and waits until it accepts connections. */
    public RealRedis() throws IOException {
        this(freePort(), List.of());
    }

    private RealRedis(int port, List<String> more) throws IOException {
        this(port, joined(List.of("--port", Integer.toString(port)), joined(FORGETS, more)), SERVES);
    }

    private RealRedis(int port, List<String> arguments, String ready) throws IOException {
        program = ExecutableProvider.newJarResourceProvider().get().toPath();
        this.port = port;
        this.arguments = arguments;
        this.ready = ready;
        process = start();
    }

    /** Starts one that speaks TLS only, and asks for a password. */
    static RealRedis secured(PemFiles keys, String password) throws IOException {
        int port = freePort();
        List<String> secured = List.of(
                "--port",
                "0",
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                keys.certificate().toString(),
                "--tls-key-file",
                keys.key().toString(),
                "--tls-ca-cert-file",
                keys.certificate().toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                password);
        return new RealRedis(port, joined(FORGETS, secured), SERVES);
    }

    /** Starts a copy of another one. */
    static RealRedis copyOf(RealRedis other) throws IOException {
        return new RealRedis(freePort(), List.of("--replicaof", "127.0.0.1", Integer.toString(other.port)));
    }

    /** Starts a Sentinel that has a copy take over half a second after the watched one has gone. It writes into that folder. */
    static RealRedis sentinelOf(RealRedis watched, String name, Path folder) throws IOException {
        int port = freePort();
        String settings = """
                port %3$d
                bind 127.0.0.1
                sentinel monitor %1$s 127.0.0.1 %2$d 1
                sentinel down-after-milliseconds %1$s 500
                sentinel failover-timeout %1$s 3000
                """.formatted(name, watched.port, port);
        Path file = Files.writeString(folder.resolve("sentinel.conf"), settings);
        return new RealRedis(port, List.of(file.toString(), "--sentinel"), "+monitor master");
    }

    /**
     * Starts a Sentinel that speaks TLS only, as the watched one does, and names it by its name. It writes into that folder.
     *
     * @param password that of the watched one
     */
    static RealRedis securedSentinelOf(RealRedis watched, String name, Path folder, PemFiles keys, String password)
            throws IOException {
        int port = freePort();
        String settings = """
                port 0
                tls-port %3$d
                bind 127.0.0.1
                tls-cert-file %4$s
                tls-key-file %5$s
                tls-ca-cert-file %4$s
                tls-auth-clients no
                tls-replication yes
                sentinel resolve-hostnames yes
                sentinel announce-hostnames yes
                sentinel monitor %1$s localhost %2$d 1
                sentinel auth-pass %1$s %6$s
                """.formatted(name, watched.port, port, keys.certificate(), keys.key(), password);
        Path file = Files.writeString(folder.resolve("sentinel.conf"), settings);
        return new RealRedis(port, List.of(file.toString(), "--sentinel"), "+monitor master");
    }

    public int port() {
        return port;
    }

    /** Returns its address as Lettuce reads it. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns whether a line that it has written has those words. */
    boolean said(String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
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
        Process started = new ProcessBuilder(joined(List.of(program.toString()), arguments))
                .directory(program.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .start();
        var serves = new CompletableFuture<Boolean>();
        var _ = Thread.ofPlatform().daemon().name("redis-log").start(() -> read(started, serves));
        if (!serves.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join()) {
            throw new IOException("Redis did not start:\n" + String.join("\n", lines));
        }
        return started;
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void read(Process process, CompletableFuture<Boolean> serves) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains(ready)) {
                    serves.complete(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            serves.complete(false);
        }
    }
}
