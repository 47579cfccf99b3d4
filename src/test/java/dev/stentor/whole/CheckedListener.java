package dev.stentor.whole;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A listener that reads on a thread of its own, and notes each entry and each sample that does not follow the one before. Methods may be
 * called from any thread.
 */
final class CheckedListener implements AutoCloseable {

    private static final long UNKNOWN = -1;

    private final RawListener listener;
    private final BlockingQueue<Heard> ended = new LinkedBlockingQueue<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private ByteArrayOutputStream samples = new ByteArrayOutputStream();
    private long seq = UNKNOWN;
    private long pos = UNKNOWN;

    /** Sound of one utterance as it was heard, and its end. */
    record Heard(String id, String reason, String code, ByteBuffer samples) {}

    /** Joins a channel, live. */
    CheckedListener(GatewayProcess node, String channel) throws IOException {
        listener = RawListener.join(node.http("/v1/channels/" + channel), 0);
        var _ = Thread.ofVirtual().start(this::read);
    }

    /** Returns the next utterance that ends, waiting for it. */
    Heard next() throws InterruptedException {
        return requireNonNull(ended.poll(30, TimeUnit.SECONDS), () -> "nothing ends; " + faults);
    }

    /** Returns how many frames came. */
    int frames() {
        return frames.get();
    }

    /** Returns what did not follow. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Waits until the gateway closes the connection. */
    void awaitClosed() {
        var _ = closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void read() {
        try {
            while (true) {
                take(listener.next());
            }
        } catch (EOFException _) {
            closed.complete(true);
        } catch (IOException | RuntimeException broken) {
            faults.add("broke: " + broken);
            closed.completeExceptionally(broken);
        }
    }

    private void take(RawListener.Message message) {
        if (message.isSound()) {
            entry(Integer.toUnsignedLong(message.frame().getInt(4)));
            frame(message.frame().getLong(8), message.samples());
            return;
        }
        JsonNode json = message.json();
        if (json.has("seq")) {
            entry(json.path("seq").asLong());
        }
        switch (json.path("t").asString()) {
            case "gap" -> faults.add(json.toString());
            case "utterance.started" -> samples = new ByteArrayOutputStream();
            case "utterance.ended" -> ended.add(heard(json));
            default -> {}
        }
    }

    private void entry(long number) {
        if (seq != UNKNOWN && number != seq + 1) {
            faults.add("entry " + number + " behind " + seq);
        }
        seq = number;
    }

    private void frame(long at, byte[] sound) {
        if (pos != UNKNOWN && at != pos) {
            faults.add("sample " + at + " behind " + pos);
        }
        pos = at + sound.length / 2;
        samples.writeBytes(sound);
        frames.incrementAndGet();
    }

    private Heard heard(JsonNode json) {
        int bytes = 2 * json.path("samples").asInt();
        if (bytes > samples.size()) {
            faults.add(samples.size() + " bytes of " + bytes + " came");
        }
        return new Heard(
                json.path("id").asString(),
                json.path("reason").asString(),
                json.path("error").path("code").asString(""),
                ByteBuffer.wrap(Arrays.copyOf(samples.toByteArray(), bytes)));
    }
}
