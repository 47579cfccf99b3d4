package dev.stentor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that does what a test scripted, byte by byte. It listens on the loopback address at a free port. Each connection has a
 * thread of its own, and all threads have ended when the server is closed.
 */
public final class ScriptedServer implements AutoCloseable {

    /**
     * The script of one connection, which is closed when the script returns or throws an {@link IOException}.
     */
    public interface Script {
        void play(Connection connection) throws IOException;
    }

    /** One request, as it arrived. */
    public record Request(String head, String body) {

        /** Returns the value of a header; empty if it was not sent. */
        public Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private final ServerSocketChannel listener;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> channels = new CopyOnWriteArrayList<>();
    private final CountDownLatch clientLeft = new CountDownLatch(1);

    private ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept, "scripted-server");
    }

    public static ScriptedServer playing(Script script) {
        try {
            return new ScriptedServer(script);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Creates a server that reads a request, writes the answer, and closes the connection. */
    public static ScriptedServer answering(String answer) {
        return playing(connection -> {
            connection.readRequest();
            connection.write(answer);
        });
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort() + "/api/v1");
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int connections() {
        return channels.size();
    }

    /** Waits until a script has seen, in {@link Connection#awaitClosed()}, that the client closed its connection. */
    public boolean clientLeft() throws InterruptedException {
        return clientLeft.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        threads.forEach(ScriptedServer::awaitEnd);
    }

    private static void awaitEnd(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                channels.add(channel);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                start(() -> play(channel), "scripted-connection");
            }
        } catch (IOException _) { // closed
        }
    }

    private void play(SocketChannel channel) {
        try (channel) {
            script.play(new Connection(channel));
        } catch (IOException _) { // the client disconnected, or the test is over
        }
    }

    /** The server's side of one connection. Confined to its thread. */
    public final class Connection {

        private final SocketChannel channel;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }

        public SocketChannel channel() {
            return channel;
        }

        /** Reads a whole request, with its body. */
        public void readRequest() throws IOException {
            var _ = nextRequest();
        }

        /** Reads a whole request and returns it. */
        public Request nextRequest() throws IOException {
            String head = "";
            for (var bytes = new ByteArrayOutputStream(); !head.endsWith("\r\n\r\n"); head = bytes.toString(UTF_8)) {
                bytes.writeBytes(read(1));
            }
            int length = new Request(head, "")
                    .header("content-length")
                    .map(Integer::parseInt)
                    .orElse(0);
            var request = new Request(head, new String(read(length), UTF_8));
            requests.add(request);
            return request;
        }

        public void write(String text) throws IOException {
            write(text.getBytes(UTF_8));
        }

        public void write(byte[] bytes) throws IOException {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        }

        /** Closes with a reset instead of an orderly end. */
        public void reset() throws IOException {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }

        /** Waits until the client has closed the connection in any way, and tells the test. */
        public void awaitClosed() throws IOException {
            try {
                for (ByteBuffer sink = ByteBuffer.allocate(1024); channel.read(sink) >= 0; ) {
                    sink.clear();
                }
            } finally {
                clientLeft.countDown();
            }
        }

        private byte[] read(int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException();
                }
            }
            return bytes.array();
        }
    }
}
