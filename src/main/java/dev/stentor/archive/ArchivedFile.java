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
 * @param path of the file
 * @param samples length of its sound, in samples at 24 kHz
 * @param timingBytes length of the {@link TimingFile} beside it; 0 if there is none
 * @param characters of its request, as billed
 * @param requestId the engine's own id of its request
 * @param created when it was finished
 * @param linked when its address was last given out or promised, or else when it was finished
 * @param expires until when it is kept: no sooner than its longest link
 * @param requestKey tells equal requests from others, without telling what they say; null if it answers no other request
 */
public record ArchivedFile(
        String id,
        Path path,
        long samples,
        long timingBytes,
        long characters,
        String requestId,
        Instant created,
        Instant linked,
        Instant expires,
        @Nullable String requestKey) {

    /** Form of an id: it means nothing in a path, and is hardly the name of somebody else's file. */
    static final Pattern ID = Pattern.compile("a[a-z0-9]{13}");

    /** Bytes that a file takes besides its samples: its header and its sidecar. */
    static final long BYTES_BESIDE = 512;

    static final String WAV = ".wav";

    /** Returns the length of the sound, in bytes. */
    long soundBytes() {
        return samples * PcmFormat.SPEECH.bytesPerFrame();
    }

    /** Returns the length of the file, in bytes. */
    public long bytes() {
        return WavHeader.BYTES + soundBytes();
    }

    /** Returns how many bytes it counts against the quota. */
    long bytesTaken() {
        return BYTES_BESIDE + soundBytes() + timingBytes;
    }

    /** Returns the file as receipts name it. */
    WholeFile.Archived whole() {
        return new WholeFile.Archived(id);
    }

    /** Returns the file as one that was linked at that time; never earlier than it was. */
    ArchivedFile linkedAt(Instant time) {
        return time.isAfter(linked) ? with(time, expires) : this;
    }

    /** Returns the file as one that is kept until that time; never shorter than it was. */
    ArchivedFile keptUntil(Instant time) {
        return time.isAfter(expires) ? with(linked, time) : this;
    }

    private ArchivedFile with(Instant newLinked, Instant newExpires) {
        return new ArchivedFile(
                id, path, samples, timingBytes, characters, requestId, created, newLinked, newExpires, requestKey);
    }

    /** Returns the receipt of a request that had it played to the end. */
    Receipt receipt() {
        return new Receipt(requestId, samples, characters, Receipt.Ending.COMPLETE, whole());
    }
}
