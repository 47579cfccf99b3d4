package dev.stentor.archive.shared;

import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.RecordingHead;
import dev.stentor.archive.TestArchive;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.RequestClaims;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** A node with an archive that shares its recordings, and an engine that speaks as the test says. */
final class ArchiveNode implements PeerArchives, AutoCloseable {

    final TestArchive archive;
    final RecordingCopies copies;
    final SharedArchives shared;
    final TestPublisher<ByteBuffer> sound = TestPublisher.create();
    final ScriptedEngine voice = ScriptedEngine.of(_ -> sound.flux());
    final SpeechEngine engine;
    /** How often another node asked for a sound of this one. */
    final AtomicInteger fetched = new AtomicInteger();

    private final String name;
    private final Map<String, ArchiveNode> nodes;

    /** @param nodes those that are alive, by the names of their archives */
    ArchiveNode(String name, Path directory, RequestClaims claims, Map<String, ArchiveNode> nodes) {
        this.name = name;
        this.nodes = nodes;
        archive = new TestArchive(directory);
        copies = new RecordingCopies(archive.archive());
        var settings = new SharedArchives.Settings(name, TestArchive.LIFETIME, archive.scheduler());
        shared = new SharedArchives(settings, copies, claims, this::find, this);
        engine = archive.over(voice, shared);
        nodes.put(name, this);
    }

    private Mono<ClusterNode> find(String wanted) {
        return Mono.fromSupplier(() -> nodes.containsKey(wanted) ? new ClusterNode(wanted, wanted, wanted) : null);
    }

    private ArchiveNode at(ClusterNode node) {
        return Objects.requireNonNull(nodes.get(node.id()));
    }

    /** Dies, and is not found any more. */
    void die() {
        nodes.remove(name);
    }

    @Override
    public Mono<RecordingHead> awaited(ClusterNode node, String requestKey) {
        return at(node).copies.awaited(requestKey);
    }

    @Override
    public Mono<RecordingHead> head(ClusterNode node, String id) {
        return at(node).copies.head(id);
    }

    @Override
    public Flux<ByteBuffer> sound(ClusterNode node, String id) {
        return Flux.defer(() -> {
            at(node).fetched.incrementAndGet();
            return at(node).copies.sound(id);
        });
    }

    @Override
    public void close() {
        archive.close();
    }
}
