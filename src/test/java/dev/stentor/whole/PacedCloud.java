package dev.stentor.whole;

import dev.stentor.testing.ScriptedServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for the cloud service that answers each text after a delay, at a multiple of speaking pace. Each text has a sound of
 * its own, which is never silent. Thread-safe.
 */
final class PacedCloud implements ScriptedServer.Script {

    /** Samples for each character of a text: 10 ms. */
    private static final int SAMPLES_OF_A_CHARACTER = 240;

    private static final int CHUNK_BYTES = 4_800;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final long firstNanos;
    private final double speed;
    private final List<String> texts = new CopyOnWriteArrayList<>();

    /**
     * Creates a cloud.
     *
     * @param firstMillis until the first sound of each text
     * @param speed seconds of sound for each second of time
     */
    PacedCloud(long firstMillis, double speed) {
        this.firstNanos = firstMillis * 1_000_000;
        this.speed = speed;
    }

    /** Returns the texts that it was asked for, in order. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    /** Returns the sound of a text. */
    static byte[] sound(String text) {
        ByteBuffer pcm =
                ByteBuffer.allocate(text.length() * SAMPLES_OF_A_CHARACTER * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; pcm.hasRemaining(); i++) {
            int letter = text.charAt(i / SAMPLES_OF_A_CHARACTER);
            pcm.putShort((short) (1_000 + (letter * 131 + i * 7) % 9_000));
        }
        return pcm.array();
    }

    @Override
    public void play(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            String body = connection.nextRequest().body();
            String text = JSON.readTree(body).at("/input/text").asString();
            if (text.isEmpty()) { // it is asked for its voices too, and has none
                connection.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                continue;
            }
            texts.add(text);
            connection.write(String.join(
                    "\r\n",
                    "HTTP/1.1 200 OK",
                    "Content-Type: text/event-stream;charset=UTF-8",
                    "Transfer-Encoding: chunked",
                    "",
                    ""));
            LockSupport.parkNanos(firstNanos);
            byte[] sound = sound(text);
            for (int from = 0; from < sound.length; from += CHUNK_BYTES) {
                int to = Math.min(sound.length, from + CHUNK_BYTES);
                String data = Base64.getEncoder().encodeToString(Arrays.copyOfRange(sound, from, to));
                connection.write(event(data, "null"));
                LockSupport.parkNanos((long) ((to - from) / 48_000.0 / speed * 1e9));
            }
            connection.write(event("", "stop") + "0\r\n\r\n");
        }
    }

    private static String event(String data, String finish) {
        String event = "id:1\nevent:result\n:HTTP_STATUS/200\ndata:{\"output\":{\"audio\":{\"data\":\"" + data
                + "\",\"id\":\"audio_1\",\"expires_at\":1758187426},\"finish_reason\":\"" + finish
                + "\"},\"usage\":{\"characters\":1},\"request_id\":\"r-1\"}\n\n";
        return Integer.toHexString(event.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + event + "\r\n";
    }
}
