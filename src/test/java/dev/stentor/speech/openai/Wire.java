package dev.stentor.speech.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Answers of servers, byte for byte, and an engine that reads them. Each character of a text stands for one byte. */
final class Wire {

    static final String KEY = "sk-0123456789";
    static final String TEXT = "Speak up, if you please.";
    static final Duration SILENCE = Duration.ofSeconds(10);
    static final int EVENT_BYTES = 1 << 20;
    static final byte[] SOUND = Signals.selfIndexing(2_400);

    private Wire() {}

    static Heard hear(byte[] answer) throws IOException {
        return hear(connection -> {
            connection.readRequest();
            connection.write(answer);
        });
    }

    static Heard hear(String answer) throws IOException {
        return hear(bytes(answer));
    }

    static Heard hear(ScriptedServer.Script script) throws IOException {
        try (var server = ScriptedServer.playing(script);
                var engine = engine(settings(server.baseUrl(), Map.of()), Schedulers.parallel())) {
            return Heard.of(engine.speak(SpeechRequest.of(TEXT)), () -> {});
        }
    }

    static OpenAiEngine engine(OpenAiSettings settings, Scheduler timer) {
        return new OpenAiEngine(settings, timer, () -> "our-id");
    }

    static OpenAiSettings settings(URI baseUrl, Map<String, String> extra) {
        return new OpenAiSettings(
                baseUrl,
                KEY,
                "tts-1",
                "alloy",
                Map.of(),
                Map.of(),
                "",
                extra,
                24_000,
                Duration.ofSeconds(5),
                SILENCE,
                4,
                64 << 10,
                EVENT_BYTES);
    }

    /** Returns a whole answer with a length. */
    static String answer(int status, String contentType, String body, String moreHeaders) {
        return head(status, contentType, "Content-Length: " + body.length() + "\r\n" + moreHeaders) + body;
    }

    static String answer(String contentType, byte[] body) {
        return answer(200, contentType, text(body), "");
    }

    static String head(int status, String contentType, String moreHeaders) {
        return "HTTP/1.1 " + status + " Any\r\n"
                + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n") + moreHeaders + "\r\n";
    }

    static String chunked(String contentType) {
        return head(200, contentType, "Transfer-Encoding: chunked\r\n");
    }

    static String chunk(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    }

    static String lastChunk() {
        return "0\r\n\r\n";
    }

    static String events(String events) {
        return chunked("text/event-stream") + chunk(events) + lastChunk();
    }

    static String delta(byte[] sound) {
        return "{\"type\":\"speech.audio.delta\",\"audio\":\""
                + Base64.getEncoder().encodeToString(sound) + "\"}";
    }

    /** Returns a WAV file as streaming servers write it: both sizes are all ones. */
    static byte[] wav(int rateHz, int channels, byte[] sound) {
        return ByteBuffer.allocate(44 + sound.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(US_ASCII))
                .putInt(-1)
                .put("WAVEfmt ".getBytes(US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) channels)
                .putInt(rateHz)
                .putInt(rateHz * channels * 2)
                .putShort((short) (channels * 2))
                .putShort((short) 16)
                .put("data".getBytes(US_ASCII))
                .putInt(-1)
                .put(sound)
                .array();
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
