package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of one answer's frames: no space after a colon, the JSON on one line, the event's name before its data. The
 * official clients depend on each of these. Confined to one subscription, within its serialized signals.
 */
final class FrameEncoder {

    private static final byte[] PING = ": ping\n\n".getBytes(UTF_8);

    private final String requestId;
    private final long expiresAt;
    private final Json.Usage usage;
    private long frames;

    /**
     * Creates the encoder of one answer.
     *
     * @param expiresAt value of {@code expires_at} as long as there is no recording, in seconds since the epoch
     * @param characters billed characters, which {@code usage} tells in every frame
     */
    FrameEncoder(String requestId, long expiresAt, long characters) {
        this.requestId = requestId;
        this.expiresAt = expiresAt;
        this.usage = new Json.Usage(characters);
    }

    /** Encodes a buffer of sound; leaves its position unchanged. */
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

    /**
     * Encodes an error. Its line {@code status:} is not part of the format, but the only place where the Python client reads a
     * status.
     */
    byte[] failure(Fault fault) {
        String status = ":HTTP_STATUS/" + fault.status() + "\nstatus:" + fault.status();
        return frame("error", status, new Json.Failure(fault.code(), fault.message(), requestId));
    }

    /** Returns a comment, which every client skips. */
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
