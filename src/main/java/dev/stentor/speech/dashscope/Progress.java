package dev.stentor.speech.dashscope;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.WholeFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts known about an answer so far.
 *
 * @param requestId the service's id of the request; empty if not known
 * @param samples number of samples given so far
 * @param characters billed characters, from the last frame that gave them
 * @param file address of the whole sound; null if not known
 * @param fileExpires end of that file; null if not known
 * @param stopped whether the service said that the sound is complete
 */
record Progress(
        String requestId,
        long samples,
        long characters,
        @Nullable URI file,
        @Nullable Instant fileExpires,
        boolean stopped) {

    /** Returns the progress before the answer; {@code characters} is our own count, until the service gives its own. */
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

    /** Returns this progress with everything that a frame says, except for its sound. */
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

    /** Returns the address; null if it is missing or malformed, since that is no reason to lose the sound. */
    private static @Nullable URI uri(@Nullable String url) {
        try {
            return url == null || url.isEmpty() ? null : new URI(url);
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
