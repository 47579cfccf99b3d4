package dev.stentor.archive;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.WavHeader;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.WholeFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A finished WAV file.
 *
 * @param id names it, here and in its address
 * @param path where it lies
 * @param samples how many it has, at 24 kHz
 * @param characters what its request was counted as for billing
 * @param requestId the engine's own id of its request
 * @param created when it was finished
 * @param expires until when it is kept
 * @param requestKey tells equal requests from others, without telling what they say; null if it answers no other request
 */
public record ArchivedFile(
        String id,
        Path path,
        long samples,
        long characters,
        String requestId,
        Instant created,
        Instant expires,
        @Nullable String requestKey) {

    /** What an id looks like: nothing that means anything in a path, and hardly the name of somebody else's file. */
    public static final Pattern ID = Pattern.compile("a[a-z0-9]{13}");

    /** What a file costs besides its samples: its header and what lies beside it. */
    static final long BYTES_BESIDE = 512;

    static final String WAV = ".wav";

    /** Length of the sound, in bytes. */
    long soundBytes() {
        return samples * PcmFormat.SPEECH.bytesPerFrame();
    }

    /** Length of the file. */
    public long bytes() {
        return WavHeader.BYTES + soundBytes();
    }

    /** What it counts against the bound. */
    long bytesTaken() {
        return BYTES_BESIDE + soundBytes();
    }

    /** As receipts name it. */
    public WholeFile.Archived whole() {
        return new WholeFile.Archived(id, expires);
    }

    /** The receipt of whoever has it played to the end. */
    Receipt receipt() {
        return new Receipt(requestId, samples, characters, Receipt.Ending.COMPLETE, whole());
    }
}
