package dev.stentor.app;

import java.util.Base64;

/** The answer of a speech service that speaks the DashScope API, as it stands on the wire. */
final class CloudAnswer {

    private CloudAnswer() {}

    /** Returns a whole answer with that sound, 16-bit at 24 kHz. */
    static String of(byte[] sound) {
        String events = event(Base64.getEncoder().encodeToString(sound), "null") + event("", "stop");
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\nContent-Length: " + events.length()
                + "\r\n\r\n" + events;
    }

    private static String event(String data, String reason) {
        return """
                id:1
                event:result
                :HTTP_STATUS/200
                data:{"output":{"audio":{"data":"%s","id":"a"},"finish_reason":"%s"},"request_id":"r"}

                """.formatted(data, reason);
    }
}
