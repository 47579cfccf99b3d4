package dev.stentor.archive.shared;

import dev.stentor.archive.ArchivedFile;
import dev.stentor.archive.OtherArchives;
import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.RecordingHead;
import dev.stentor.archive.UnreachableArchiveException;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.RequestClaims;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The archives of the other nodes, found by the claims of requests and by the names of archives. Thread-safe. See ADR 53. */
public final class SharedArchives implements OtherArchives {

    private static final Logger LOG = LoggerFactory.getLogger(SharedArchives.class);

    /** The longest wait for the recording that another node makes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The time for which a request that is being spoken is claimed: longer than one takes that is short enough to be shared. */
    private static final Duration SPEAKING = Duration.ofMinutes(2);

    private final Settings settings;
    private final RequestClaims claims;
    private final Function<String, Mono<ClusterNode>> nodes;
    private final PeerArchives peers;
    private final Arrivals arrivals;

    /**
     * Settings of sharing.
     *
     * @param archive name of this node's archive
     * @param lifetime time for which a recording is kept at least
     * @param time runs timers
     */
    public record Settings(String archive, Duration lifetime, Scheduler time) {}

    /**
     * Creates the archives.
     *
     * @param copies copies into this node's archive
     * @param nodes finds the node that has an archive of a name; empty if it is not there
     */
    public SharedArchives(
            Settings settings,
            RecordingCopies copies,
            RequestClaims claims,
            Function<String, Mono<ClusterNode>> nodes,
            PeerArchives peers) {
        this.settings = settings;
        this.claims = claims;
        this.nodes = nodes;
        this.peers = peers;
        this.arrivals = new Arrivals(copies, settings.time());
    }

    @Override
    public Mono<ArchivedFile> find(String requestKey) {
        return claims.claim(requestKey, settings.archive(), SPEAKING, null)
                .filter(holder -> !holder.equals(settings.archive()))
                .flatMap(holder -> awaited(holder, requestKey)
                        .switchIfEmpty(Mono.defer(() -> claims.claim(requestKey, settings.archive(), SPEAKING, holder)
                                .then(Mono.empty()))))
                .onErrorComplete();
    }

    /** Emits the recording that another archive has or makes, once it is kept here; empty if it does not come in time. */
    private Mono<ArchivedFile> awaited(String holder, String requestKey) {
        return nodes.apply(holder)
                .flatMap(node -> peers.awaited(node, requestKey).flatMap(head -> kept(node, head)))
                .timeout(PATIENCE, settings.time())
                .onErrorResume(failed -> {
                    LOG.atDebug()
                            .addKeyValue("archive", holder)
                            .addKeyValue("type", failed.getClass().getName())
                            .log("a recording of another node did not come in time; it is made here too");
                    return Mono.empty();
                });
    }

    @Override
    public void over(String requestKey, boolean kept) {
        Mono<?> told = kept
                ? claims.claim(requestKey, settings.archive(), settings.lifetime(), null)
                : claims.release(requestKey, settings.archive());
        var _ = told.subscribe(
                _ -> {},
                failed -> LOG.atDebug()
                        .addKeyValue("type", failed.getClass().getName())
                        .log("the other nodes are not told of a recording"));
    }

    @Override
    public Mono<ArchivedFile> fetch(String archive, String id) {
        return nodes.apply(archive)
                .switchIfEmpty(Mono.error(() -> new IOException("no node has that archive")))
                .flatMap(node -> peers.head(node, id).flatMap(head -> kept(node, head)))
                .doOnError(failed -> LOG.atWarn()
                        .addKeyValue("file", id)
                        .addKeyValue("archive", archive)
                        .addKeyValue("type", failed.getClass().getName())
                        .log("a recording of another node cannot be fetched"))
                .onErrorMap(UnreachableArchiveException::new);
    }

    private Mono<ArchivedFile> kept(ClusterNode node, RecordingHead head) {
        return arrivals.keep(head, peers.sound(node, head.id()));
    }
}
