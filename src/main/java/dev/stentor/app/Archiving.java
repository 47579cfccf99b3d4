package dev.stentor.app;

import dev.stentor.archive.Archive;
import dev.stentor.archive.ArchiveName;
import dev.stentor.archive.ArchivingEngine;
import dev.stentor.archive.FileLinks;
import dev.stentor.archive.OtherArchives;
import dev.stentor.archive.SigningKey;
import dev.stentor.metrics.ArchiveMeters;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.WholeFile;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.reading.SpeedRouter;
import dev.stentor.web.audio.AudioApi;
import dev.stentor.web.edge.FileAddresses;
import dev.stentor.web.edge.PublicAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The archive, if it is on, and the parts of the gateway that use it.
 *
 * @param archive the open archive; null if it is off
 * @param shareUpTo longest text, in UTF-16 units, for which equal requests share one recording
 * @param others archives of other nodes; null if there are none
 */
record Archiving(
        @Nullable Open archive, int shareUpTo, @Nullable OtherArchives others) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * An archive that is on.
     *
     * @param key secret behind the keys of requests
     * @param name name by which other nodes know it; null if there are none
     */
    record Open(
            Archive archive,
            SigningKey key,
            FileLinks links,
            @Nullable String name) {

        /** Returns a new link to a file; empty if it is gone. */
        private Mono<FileAddresses.Link> link(WholeFile.Archived file) {
            return archive.linked(file.id()).map(end -> new FileAddresses.Link(links.of(file.id(), end), end));
        }
    }

    /**
     * Opens the archive as configured: makes the folder, and tidies it up. Blocks.
     *
     * @param shared key that the nodes of a cluster have in common; null if there is no cluster
     */
    static Archiving of(ArchiveProperties properties, @Nullable SigningKey shared, MeterRegistry registry) {
        Open archive = properties.isOn() ? open(properties, shared, registry) : null;
        return new Archiving(archive, properties.shareUpTo(), null);
    }

    /** Returns the same archive, which is not opened again, with those of other nodes. */
    Archiving with(@Nullable OtherArchives nodes) {
        return new Archiving(archive, shareUpTo, nodes);
    }

    /** Returns its name for other nodes; empty if it is off, or there are none. */
    Optional<String> name() {
        return Optional.ofNullable(archive).map(Open::name);
    }

    /**
     * Returns the engine as it is if the archive is off; else behind the archive.
     *
     * @param origin returns the origin of the sound, for each request anew; archived sound of another origin is not played
     * @param speeds makes the engine for speeds other than 1, of the engine and of what the archive has or records at speed 1
     */
    SpeechEngine over(SpeechEngine engine, Supplier<String> origin, BinaryOperator<SpeechEngine> speeds) {
        if (archive == null) {
            return engine;
        }
        ArchivingEngine normal = recorded(engine, origin, archive);
        return new SpeedRouter(normal, recorded(speeds.apply(engine, normal.sharedOnly()), origin, archive));
    }

    private ArchivingEngine recorded(SpeechEngine engine, Supplier<String> origin, Open open) {
        var settings = new ArchivingEngine.Settings(origin, shareUpTo, PATIENCE);
        return new ArchivingEngine(engine, open.archive(), open.key(), settings, others);
    }

    /** Returns the recorder of whole texts that are spoken in parts; it records nothing if the archive is off. */
    LongText.Recorder recorder() {
        return archive == null
                ? LongText.Recorder.NONE
                : (request, speech) -> ArchivingEngine.recorded(archive.archive(), request, speech);
    }

    /** Returns the addresses of its files for clients; null if the archive is off. */
    @Nullable FileAddresses addresses(PublicAddress gateway) {
        return archive == null ? null : new FileAddresses(gateway, archive::link);
    }

    /** Returns the routes that serve its files; none if the archive is off. */
    RouterFunction<ServerResponse> routes() {
        return archive == null
                ? request -> Mono.empty()
                : new AudioApi(archive.archive(), archive.links(), InstantSource.system(), others).routes();
    }

    @Override
    public void close() {
        if (archive != null) {
            archive.archive().close();
        }
    }

    private static Open open(ArchiveProperties properties, @Nullable SigningKey shared, MeterRegistry registry) {
        var meters = new ArchiveMeters(registry);
        try {
            Archive archive =
                    Archive.open(properties.settings(), Schedulers.parallel(), () -> Identifiers.random('a'), meters);
            meters.watch(archive);
            SigningKey key = properties.signingKey().isEmpty()
                    ? SigningKey.in(properties.directory())
                    : SigningKey.of(properties.signingKey());
            if (shared == null) {
                return new Open(archive, key, new FileLinks(key), null);
            }
            String name = ArchiveName.in(properties.directory(), () -> Identifiers.random('a'));
            return new Open(archive, shared, new FileLinks(key).sharedBy(shared, name), name);
        } catch (IOException e) {
            throw new ArchiveUnusableAnalyzer.ArchiveUnusable(properties.directory(), e);
        }
    }
}
