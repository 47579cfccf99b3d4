package dev.stentor.speech.dashscope;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.WholeFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer so far.
 *
 * @param requestId empty if not known
 * @param samples handed on
 * @param characters as the service counts them, by the last frame that said so
 * @param file null if not known
 * @param fileExpires null if not known
 * @param stopped whether the service said that nothing is missing
 */
record Progress(
        String requestId,
        long samples,
        long characters,
        @Nullable URI file,
        @Nullable Instant fileExpires,
        boolean stopped) {

    /** Nothing yet; {@code characters} is our own count, until the service gives its own. */
    static Progress start(long characters) {
        return new Progress("", 0, characters, null, null, false);
    }

    Progress withRequestId(@Nullable String newRequestId) {
        return new Progress(
                ResponseFrame.textOr(newRequestId, requestId), samples, characters, file, fileExpires, stopped);
    }

    Progress plusSamples(long more) {
        return new Progress(requestId, samples + more, characters, file, fileExpires, stopped);
    }

    /** With all that a frame says besides its sound. */
    Progress after(ResponseFrame frame) {
        ResponseFrame.Audio audio = frame.audio();
        ResponseFrame.Usage usage = frame.usage();
        Long counted = usage == null ? null : usage.characters();
        URI newFile = audio == null ? null : uri(audio.url());
        Long expires = audio == null ? null : audio.expiresAt();
        return new Progress(
                        requestId,
                        samples,
                        counted == null ? characters : counted,
                        newFile == null ? file : newFile,
                        expires == null ? fileExpires : Instant.ofEpochSecond(expires),
                        stopped || frame.saysStop())
                .withRequestId(frame.requestId());
    }

    Receipt receipt(Receipt.Ending ending) {
        return new Receipt(
                requestId,
                samples,
                characters,
                ending,
                file == null ? null : new WholeFile.AtService(file, fileExpires));
    }

    /** An address that is none is not worth losing the sound for. */
    private static @Nullable URI uri(@Nullable String url) {
        try {
            return url == null || url.isEmpty() ? null : new URI(url);
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
