package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.SpeechRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys that are the same for equal requests. Nobody can read from a key, or find out by trying, what was said. Thread-safe. */
final class RequestKeys {

    private final SigningKey.Signer signer;
    private final Supplier<String> origin;

    /** @param origin returns whose sound it is: sound of another engine does not answer an equal request */
    RequestKeys(SigningKey key, Supplier<String> origin) {
        this.signer = key.signer("requests");
        this.origin = origin;
    }

    /** Returns the key of a request. */
    String of(SpeechRequest request) {
        var fields = new ByteArrayOutputStream();
        write(fields, origin.get());
        write(fields, request.model());
        write(fields, request.voice());
        write(fields, request.languageType());
        write(fields, request.instructions());
        write(fields, request.text());
        if (request.speed() != 1) { // only then, so that what was kept before there were speeds is still found
            write(fields, Double.toString(request.speed()));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign(fields.toByteArray()));
    }

    /** Writes a field with its length before it, so that no two lists of fields look alike. */
    private static void write(ByteArrayOutputStream fields, @Nullable String value) {
        byte[] bytes = value == null ? new byte[0] : value.getBytes(UTF_8);
        fields.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(value == null ? -1 : bytes.length)
                .array());
        fields.writeBytes(bytes);
    }
}
