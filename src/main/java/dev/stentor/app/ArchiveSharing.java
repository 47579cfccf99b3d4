package dev.stentor.app;

import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.shared.PeerArchives;
import dev.stentor.archive.shared.SharedArchives;
import dev.stentor.cluster.RequestClaims;
import dev.stentor.relay.SharedChannels;
import dev.stentor.web.cluster.RecordingAnswers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The recordings that this node of a cluster shares with the others.
 *
 * @param others archives of the other nodes; null if this node keeps no recordings
 * @param answers answers to the other nodes; null if this node keeps no recordings
 */
record ArchiveSharing(
        @Nullable SharedArchives others, @Nullable RecordingAnswers answers) {

    /** Shares an archive, if it is on. */
    static ArchiveSharing of(
            Archiving archiving, Duration lifetime, RequestClaims claims, SharedChannels nodes, PeerArchives peers) {
        Archiving.Open open = archiving.archive();
        if (open == null || open.name() == null) {
            return new ArchiveSharing(null, null);
        }
        var copies = new RecordingCopies(open.archive());
        var settings = new SharedArchives.Settings(open.name(), lifetime, Schedulers.parallel());
        return new ArchiveSharing(
                new SharedArchives(settings, copies, claims, nodes::withArchive, peers), new RecordingAnswers(copies));
    }
}
