package dev.stentor.web;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener over the JDK's WebSocket client. It waits for messages, never for a time. */
public final class TestListener implements WebSocket.Listener, AutoCloseable {

    /** The HTTP client of all listeners, with threads of its own. */
    public static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final List<Received> seen = new ArrayList<>();
    private final boolean reads;
    private final WebSocket socket;

    /** A message: JSON, or the bytes of a frame. */
    public record Received(@Nullable JsonNode json, ByteBuffer bytes) {
        /** Tells whether this is a text message of that type. */
        public boolean is(String type) {
            return json != null && json.path("t").asString("").equals(type);
        }
    }

    private TestListener(URI address, boolean reads, List<String> subprotocols) throws Exception {
        this.reads = reads;
        var builder = HTTP.newWebSocketBuilder();
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.getFirst(),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        socket = builder.buildAsync(address, this).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Connects, but does not say hello. */
    public static TestListener connect(URI address) throws Exception {
        return new TestListener(address, true, List.of("stentor.v1"));
    }

    /** Connects with a credential, as a browser must show it, but does not say hello. */
    public static TestListener connect(URI address, String credential) throws Exception {
        return new TestListener(address, true, List.of("stentor.v1", "bearer." + credential));
    }

    /** Connects without a subprotocol. */
    public static TestListener bare(URI address) throws Exception {
        return new TestListener(address, true, List.of());
    }

    /** Connects and says hello; the welcome has arrived. */
    public static TestListener join(URI address) throws Exception {
        TestListener listener = connect(address);
        listener.say("{\"t\":\"hello\",\"v\":1}");
        listener.await(message -> message.is("stream"));
        return listener;
    }

    /** Connects, says hello, and never reads. */
    public static TestListener deaf(URI address) throws Exception {
        TestListener listener = new TestListener(address, false, List.of("stentor.v1"));
        listener.say("{\"t\":\"hello\",\"v\":1}");
        return listener;
    }

    /** Returns the subprotocol that the server chose. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends a text. */
    public void say(String message) throws Exception {
        var _ = socket.sendText(message, true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Sends bytes. */
    public void send(byte[] message) throws Exception {
        var _ = socket.sendBinary(ByteBuffer.wrap(message), true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Begins to read. */
    public void listenAtLast() {
        socket.request(Long.MAX_VALUE);
    }

    /** Waits for the next message that matches, and returns it; earlier ones are kept in {@link #seen}. */
    @com.google.errorprone.annotations.CanIgnoreReturnValue
    public Received await(Predicate<Received> wanted) throws InterruptedException {
        while (true) {
            Received received = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (received == null) {
                throw new AssertionError("nothing of that kind came; seen " + seen.size() + " messages");
            }
            seen.add(received);
            if (wanted.test(received)) {
                return received;
            }
        }
    }

    /** Waits for the next text message of that type, and returns it. */
    @com.google.errorprone.annotations.CanIgnoreReturnValue
    public JsonNode await(String type) throws InterruptedException {
        JsonNode json = await(message -> message.is(type)).json();
        if (json == null) {
            throw new AssertionError("no text");
        }
        return json;
    }

    /** Returns all messages so far, in order. */
    public List<Received> seen() {
        return seen;
    }

    /** Returns the payloads of all frames so far. */
    public byte[] sound() {
        var sound = new ByteArrayOutputStream();
        for (Received message : seen) {
            if (message.json() == null) {
                sound.write(message.bytes().array(), 24, message.bytes().remaining() - 24);
            }
        }
        return sound.toByteArray();
    }

    /** Waits until the server closes the connection, and returns its close code. */
    public int closeCode() throws Exception {
        return closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            queue.add(new Received(
                    JSON.readTree(text.toString()),
                    ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8))));
            text.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            queue.add(new Received(null, ByteBuffer.wrap(binary.toByteArray())));
            binary.reset();
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    /** Aborts the connection without a close message. */
    public void hangUp() {
        socket.abort();
    }

    @Override
    public void close() {
        hangUp();
    }
}
