package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one answer: no space after a colon, the JSON on one line, the event's name before its data. The official
 * clients depend on each of these. Confined to one subscription, inside its serialized signals.
 */
final class FrameEncoder {

    private static final byte[] PING = ": ping\n\n".getBytes(UTF_8);

    private final String requestId;
    private final long expiresAt;
    private final Json.Usage usage;
    private long frames;

    /**
     * For one answer.
     *
     * @param expiresAt what {@code expires_at} says as long as no file is there, in seconds of the epoch
     * @param characters what {@code usage} says in every frame
     */
    FrameEncoder(String requestId, long expiresAt, long characters) {
        this.requestId = requestId;
        this.expiresAt = expiresAt;
        this.usage = new Json.Usage(characters);
    }

    /** The buffer is not moved. */
    byte[] sound(ByteBuffer samples) {
        byte[] base64 = Base64.getEncoder().encode(samples.duplicate()).array();
        return result(new Json.Audio(new String(base64, ISO_8859_1), expiresAt, audioId(), ""), "null");
    }

    byte[] end(@Nullable RecordingLink file) {
        return result(
                file == null
                        ? new Json.Audio("", expiresAt, audioId(), "")
                        : new Json.Audio("", file.expiresAt(), audioId(), file.url()),
                "stop");
    }

    /** A line {@code status:} is no part of the format, and the only thing that the Python client reads the status from. */
    byte[] failure(Fault fault) {
        String status = ":HTTP_STATUS/" + fault.status() + "\nstatus:" + fault.status();
        return frame("error", status, new Json.Failure(fault.code(), fault.message(), requestId));
    }

    /** A comment, which every client skips. */
    static byte[] ping() {
        return PING.clone();
    }

    private String audioId() {
        return "audio_" + requestId;
    }

    private byte[] result(Json.Audio audio, String finishReason) {
        return frame(
                "result", ":HTTP_STATUS/200", new Json.Result(new Json.Output(audio, finishReason), usage, requestId));
    }

    private byte[] frame(String event, String status, Object value) {
        frames++;
        byte[] head = ("id:" + frames + "\nevent:" + event + "\n" + status + "\ndata:").getBytes(UTF_8);
        byte[] data = Json.MAPPER.writeValueAsBytes(value);
        return ByteBuffer.allocate(head.length + data.length + 2)
                .put(head)
                .put(data)
                .put((byte) '\n')
                .put((byte) '\n')
                .array();
    }
}
