package dev.stentor.app;

import dev.stentor.usage.Limits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of what one caller may use, under {@code gateway.usage}. They hold for each key that has none of its own beside its rights, and
 * for each subject of a token. 0 means no limit.
 *
 * @param requestsPerSecond requests, handshakes and commands of a caller; default 0; else at least 0.001
 * @param requestBurst how many of a caller may come at once, must be positive; default 20
 * @param charactersPerDay characters that a caller may have spoken in a day, by UTC; default 0
 * @param channels channels that a caller may have open at once; default 0
 * @param listeners connections on which a caller may listen at once; default 0
 * @param uploads uploads of a caller at once; default 0
 * @param anonymous limits of those who show no credential, of all of them together
 * @param journal the file in which usage is kept
 */
record UsageProperties(
        @DefaultValue("0") double requestsPerSecond,
        @DefaultValue("20") int requestBurst,
        @DefaultValue("0") long charactersPerDay,
        @DefaultValue("0") int channels,
        @DefaultValue("0") int listeners,
        @DefaultValue("0") int uploads,
        @DefaultValue Anonymous anonymous,
        @DefaultValue JournalFile journal) {

    UsageProperties {
        var _ = checked(
                "gateway.usage.", requestsPerSecond, requestBurst, charactersPerDay, channels, listeners, uploads);
    }

    /** Returns the limits of callers whose keys have none of their own. */
    Limits limits() {
        return checked(
                "gateway.usage.", requestsPerSecond, requestBurst, charactersPerDay, channels, listeners, uploads);
    }

    /**
     * Limits of those who show no credential.
     *
     * @param requestsPerSecond their requests, handshakes and commands; default 0; else at least 0.001
     * @param requestBurst how many may come at once, must be positive; default 20
     * @param charactersPerDay characters that they may have spoken in a day, by UTC; default 0
     * @param channels channels that they may have open at once; default 0
     * @param listeners connections on which they may listen at once; default 0
     * @param uploads their uploads at once; default 0
     */
    record Anonymous(
            @DefaultValue("0") double requestsPerSecond,
            @DefaultValue("20") int requestBurst,
            @DefaultValue("0") long charactersPerDay,
            @DefaultValue("0") int channels,
            @DefaultValue("0") int listeners,
            @DefaultValue("0") int uploads) {

        Anonymous {
            var _ = checked(
                    "gateway.usage.anonymous.",
                    requestsPerSecond,
                    requestBurst,
                    charactersPerDay,
                    channels,
                    listeners,
                    uploads);
        }

        Limits limits() {
            return new Limits(requestsPerSecond, requestBurst, charactersPerDay, channels, listeners, uploads);
        }
    }

    /**
     * The file in which usage is kept, as long as there are rules of access.
     *
     * @param on whether there is one; default true
     * @param file its path; null means {@code usage.journal} beside the folder of the archive, so {@code data/usage.journal}
     * @param days number of days that it keeps, today among them, must be positive; default 35
     */
    record JournalFile(
            @DefaultValue("true") boolean on,
            @Nullable Path file,
            @DefaultValue("35") int days) {

        JournalFile {
            if (days < 1) {
                throw new IllegalArgumentException("gateway.usage.journal.days must be positive, was " + days);
            }
        }

        /** Returns its path. */
        Path path(ArchiveProperties archive) {
            return file == null ? archive.directory().resolveSibling("usage.journal") : file;
        }
    }

    private static Limits checked(
            String prefix,
            double requestsPerSecond,
            int requestBurst,
            long charactersPerDay,
            int channels,
            int listeners,
            int uploads) {
        try {
            return new Limits(requestsPerSecond, requestBurst, charactersPerDay, channels, listeners, uploads);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(prefix + wrong.getMessage());
        }
    }
}
