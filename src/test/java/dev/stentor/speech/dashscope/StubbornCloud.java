package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import dev.stentor.testing.SpelledOut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cloud at its worst, over real HTTP: every third text fails at its first call, one after the other throttled, refused with
 * 503, cut off in the middle of its sound, and reset. Its sound spells its text. Thread-safe.
 */
final class StubbornCloud implements ScriptedServer.Script {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CHUNK_BYTES = 4_800;
    private static final int KINDS = 4;

    private final ConcurrentMap<String, Integer> failing = new ConcurrentHashMap<>();
    private final AtomicInteger texts = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger answering = new AtomicInteger();
    private final AtomicInteger mostAnswering = new AtomicInteger();

    /** Returns the number of calls that have failed. */
    int failures() {
        return failures.get();
    }

    /** Returns the largest number of answers at once. */
    int mostAnswering() {
        return mostAnswering.get();
    }

    @Override
    public void play(ScriptedServer.Connection connection) throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            String text = JSON.readTree(connection.nextRequest().body())
                    .path("input")
                    .path("text")
                    .asString();
            mostAnswering.accumulateAndGet(answering.incrementAndGet(), Math::max);
            try {
                goesOn = answer(connection, text);
            } finally {
                answering.decrementAndGet();
            }
        }
    }

    private boolean answer(ScriptedServer.Connection connection, String text) throws IOException {
        boolean isNew = failing.putIfAbsent(text, 1) == null;
        int number = isNew ? texts.incrementAndGet() : 0;
        if (!isNew || number % 3 != 0) {
            connection.write(Wire.chunked());
            writeSound(connection, text, Integer.MAX_VALUE);
            connection.write(Wire.chunk(Wire.result(Wire.STOP)) + Wire.lastChunk());
            return true;
        }
        return switch (failures.getAndIncrement() % KINDS) {
            case 0 -> {
                connection.write(Wire.answer(
                        429,
                        "application/json",
                        Wire.error(429, "Throttling.RateQuota", "Too many."),
                        "Retry-After: 0\r\n"));
                yield true;
            }
            case 1 -> {
                connection.write(Wire.chunked());
                writeSound(connection, text, 2);
                yield false;
            }
            case 2 -> {
                connection.write(Wire.answer(503, "text/plain", "", ""));
                yield true;
            }
            default -> {
                connection.write(Wire.chunked());
                writeSound(connection, text, 1);
                connection.reset();
                yield false;
            }
        };
    }

    private void writeSound(ScriptedServer.Connection connection, String text, int chunks) throws IOException {
        byte[] sound = SpelledOut.of(text);
        for (ByteBuffer part :
                Signals.chunks(sound, CHUNK_BYTES).stream().limit(chunks).toList()) {
            byte[] samples = new byte[part.remaining()];
            part.get(part.position(), samples);
            connection.write(Wire.chunk(Wire.result(Wire.sound(samples))).getBytes(UTF_8));
        }
    }
}
