package dev.stentor.app;

import dev.stentor.archive.Archive;
import dev.stentor.archive.ArchiveSettings;
import dev.stentor.archive.ArchivingEngine;
import dev.stentor.archive.FileLinks;
import dev.stentor.archive.SigningKey;
import dev.stentor.metrics.ArchiveMeters;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.reading.LongText;
import dev.stentor.web.audio.AudioApi;
import dev.stentor.web.edge.FileAddresses;
import dev.stentor.web.edge.PublicAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The archive, if it is on, and what is made of it.
 *
 * @param archive null if it is off
 */
record Archiving(@Nullable Open archive, int shareUpTo) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** An archive that is on. */
    record Open(Archive archive, SigningKey key, FileLinks links) {}

    /** As configured; the folder is made, and tidied up. Blocks. */
    static Archiving of(ArchiveProperties properties, MeterRegistry registry) {
        return new Archiving(properties.isOn() ? open(properties, registry) : null, properties.shareUpTo());
    }

    /** That engine, recorded if the archive is on. */
    SpeechEngine over(SpeechEngine engine, String origin) {
        var settings = new ArchivingEngine.Settings(origin, shareUpTo, PATIENCE);
        return archive == null ? engine : new ArchivingEngine(engine, archive.archive(), archive.key(), settings);
    }

    /** Keeps whole texts that such an engine has spoken in parts. */
    LongText.Recorder recorder(SpeechEngine recorded) {
        return recorded instanceof ArchivingEngine archiving ? archiving::recorded : LongText.Recorder.NONE;
    }

    /** Where clients find its files; null if there are none. */
    @Nullable FileAddresses addresses(PublicAddress gateway) {
        return archive == null ? null : new FileAddresses(gateway, archive.links()::of);
    }

    /** Serves its files. */
    RouterFunction<ServerResponse> routes() {
        return archive == null
                ? request -> Mono.empty()
                : new AudioApi(archive.archive(), archive.links(), InstantSource.system()).routes();
    }

    @Override
    public void close() {
        if (archive != null) {
            archive.archive().close();
        }
    }

    private static Open open(ArchiveProperties properties, MeterRegistry registry) {
        var settings = new ArchiveSettings(
                properties.directory(),
                properties.lifetime(),
                properties.maxSize().toBytes());
        var meters = new ArchiveMeters(registry);
        try {
            Archive archive = Archive.open(settings, Schedulers.parallel(), () -> Identifiers.random('a'), meters);
            meters.watch(archive);
            SigningKey key = properties.signingKey().isEmpty()
                    ? SigningKey.in(properties.directory())
                    : SigningKey.of(properties.signingKey());
            return new Open(archive, key, new FileLinks(key));
        } catch (IOException e) {
            throw new ArchiveUnusableAnalyzer.ArchiveUnusable(properties.directory(), e);
        }
    }
}
