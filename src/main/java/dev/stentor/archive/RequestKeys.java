package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.SpeechRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Says which requests are equal, by a code from which nobody reads, or tries out, what was said. Thread-safe. */
final class RequestKeys {

    private final SigningKey.Signer signer;
    private final String voiceOf;

    /** @param voiceOf whose sound it is: that of another engine will not do for an equal request */
    RequestKeys(SigningKey key, String voiceOf) {
        this.signer = key.signer("requests");
        this.voiceOf = voiceOf;
    }

    String of(SpeechRequest request) {
        var fields = new ByteArrayOutputStream();
        write(fields, voiceOf);
        write(fields, request.model());
        write(fields, request.voice());
        write(fields, request.languageType());
        write(fields, request.instructions());
        write(fields, request.text());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign(fields.toByteArray()));
    }

    /** Each with its length before it, so that no two lists of fields look alike. */
    private static void write(ByteArrayOutputStream fields, @Nullable String value) {
        byte[] bytes = value == null ? new byte[0] : value.getBytes(UTF_8);
        fields.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(value == null ? -1 : bytes.length)
                .array());
        fields.writeBytes(bytes);
    }
}
