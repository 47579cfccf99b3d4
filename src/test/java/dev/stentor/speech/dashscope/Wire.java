package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.util.Base64;

/** The service's own words, byte for byte. */
final class Wire {

    static final String REQUEST_ID = "d8ab01f8-2793-4f65-a656-664e6e6c0d19";
    static final String URL = "http://files.example/a.wav?Expires=1758187426&Signature=x%2By";
    static final String STOP = """
            {"output":{"audio":{"data":"","url":"%s","id":"audio_1","expires_at":1758187426},"finish_reason":"stop"},\
            "usage":{"characters":56},"request_id":"%s"}""".formatted(URL, REQUEST_ID);

    static final byte[] SOUND = Signals.selfIndexing(480);
    static final byte[] MORE = Signals.selfIndexing(480, 240);
    static final byte[] BOTH = Signals.selfIndexing(720);
    /** The events of a whole answer. */
    static final String NORMAL = result(sound(SOUND)) + result(sound(MORE)) + result(STOP);

    private Wire() {}

    static String sound(byte[] samples) {
        return """
                {"output":{"audio":{"data":"%s","id":"audio_1","expires_at":1758187426},"finish_reason":"null"},\
                "request_id":"%s"}""".formatted(base64(samples), REQUEST_ID);
    }

    static String base64(byte[] samples) {
        return Base64.getEncoder().encodeToString(samples);
    }

    static String event(String name, int status, String data) {
        return "id:1\nevent:" + name + "\n:HTTP_STATUS/" + status + "\ndata:" + data + "\n\n";
    }

    static String result(String data) {
        return event("result", 200, data);
    }

    static String error(int status, String code, String message) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"request_id\":\"" + REQUEST_ID + "\"}";
    }

    /** Returns the head of an event stream in HTTP chunks. */
    static String chunked() {
        return head(200, "text/event-stream;charset=UTF-8", "Transfer-Encoding: chunked\r\n");
    }

    static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    static String lastChunk() {
        return "0\r\n\r\n";
    }

    /** Returns a whole answer in one HTTP chunk. */
    static String stream(String events) {
        return chunked() + chunk(events) + lastChunk();
    }

    /** Returns a whole answer of five buffers, each a twentieth of a second, in HTTP chunks. */
    static String fiveBuffers() {
        var events = new StringBuilder();
        for (ByteBuffer part : Signals.chunks(Signals.selfIndexing(4_800), 1_920)) {
            byte[] samples = new byte[part.remaining()];
            part.duplicate().get(samples);
            events.append(chunk(result(sound(samples))));
        }
        return chunked() + events + chunk(result(STOP)) + lastChunk();
    }

    /** Returns a whole answer with a length. */
    static String answer(int status, String contentType, String body, String moreHeaders) {
        return head(status, contentType, "Content-Length: " + body.getBytes(UTF_8).length + "\r\n" + moreHeaders)
                + body;
    }

    static String head(int status, String contentType, String moreHeaders) {
        return "HTTP/1.1 " + status + " Any\r\nContent-Type: " + contentType + "\r\n" + moreHeaders + "\r\n";
    }
}
