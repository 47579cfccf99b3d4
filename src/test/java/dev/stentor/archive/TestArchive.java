package dev.stentor.archive;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.web.edge.FileAddresses;
import dev.stentor.web.edge.PublicAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** An archive in a folder of a test, whose time moves only when the test moves it. */
public final class TestArchive implements AutoCloseable {

    public static final Duration LIFETIME = Duration.ofHours(24);
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger IDS = new AtomicInteger();
    private static final SigningKey KEY = SigningKey.of("a key for tests only");

    final VirtualTimeScheduler time;
    final Counts stats = new Counts();
    private final Path directory;
    private final Archive archive;

    /** Creates an archive at time zero whose recordings may have so many bytes of sound. */
    public static TestArchive ofShort(Path directory, long maxRecordingBytes) {
        return new TestArchive(directory, 1 << 30, maxRecordingBytes, VirtualTimeScheduler.create());
    }

    /** Creates an archive with plenty of room, at time zero. */
    public TestArchive(Path directory) {
        this(directory, 1 << 30, VirtualTimeScheduler.create());
    }

    /** Creates an archive with plenty of room at time zero, whose links hold for this time. */
    public TestArchive(Path directory, Duration lifetime) {
        this(directory, lifetime, 1 << 30, 1 << 30, VirtualTimeScheduler.create());
    }

    TestArchive(Path directory, long maxBytes, VirtualTimeScheduler time) {
        this(directory, maxBytes, maxBytes, time);
    }

    TestArchive(Path directory, long maxBytes, long maxRecordingBytes, VirtualTimeScheduler time) {
        this(directory, LIFETIME, maxBytes, maxRecordingBytes, time);
    }

    TestArchive(Path directory, Duration lifetime, long maxBytes, long maxRecordingBytes, VirtualTimeScheduler time) {
        this.directory = directory;
        this.time = time;
        try {
            var settings = new ArchiveSettings(directory, lifetime, maxBytes, maxRecordingBytes);
            archive = Archive.open(settings, time, TestArchive::nextId, stats);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Archive archive() {
        return archive;
    }

    /** Returns the addresses of its files on a gateway. */
    public FileAddresses addresses(PublicAddress gateway) {
        return new FileAddresses(
                gateway,
                file -> archive.linked(file.id()).map(end -> new FileAddresses.Link(links().of(file.id(), end), end)));
    }

    public FileLinks links() {
        return new FileLinks(KEY);
    }

    /** Returns the engine behind this archive for whole texts and those that are written piece by piece, as the gateway has it. */
    public SpeechEngine overTexts(SpeechEngine engine) {
        return new LongText(
                over(engine),
                _ -> TextLimit.characters(500),
                LongText.AHEAD,
                (request, speech) -> ArchivingEngine.recorded(archive, request, speech),
                SoundBound.STANDARD,
                () -> {});
    }

    /** Returns the engine behind this archive. */
    public SpeechEngine over(SpeechEngine engine) {
        return over(engine, "test");
    }

    SpeechEngine over(SpeechEngine engine, String origin) {
        return over(engine, origin, null);
    }

    /** Returns the engine behind this archive, which shares its recordings with others. */
    public SpeechEngine over(SpeechEngine engine, OtherArchives others) {
        return over(engine, "test", others);
    }

    private SpeechEngine over(SpeechEngine engine, String origin, @Nullable OtherArchives others) {
        var settings = new ArchivingEngine.Settings(() -> origin, 2_000, PATIENCE);
        return new ArchivingEngine(engine, archive, KEY, settings, others);
    }

    /** Returns the time of this archive. */
    public Scheduler scheduler() {
        return time;
    }

    public Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    /** Moves the time on, and runs what is due by then. */
    public void advance(Duration by) {
        time.advanceTimeBy(by);
    }

    /** Returns the names of files in the folder that contain a text, sorted. */
    List<String> names(String part) {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(part))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes(String id) throws IOException {
        return Files.readAllBytes(directory.resolve(id + ".wav"));
    }

    @Override
    public void close() {
        archive.threads().disposeGracefully().block(Duration.ofSeconds(10));
        archive.close();
    }

    private static String nextId() {
        return String.format(Locale.ROOT, "a%013d", IDS.incrementAndGet());
    }

    /** The counts of the archive's events. */
    static final class Counts implements ArchiveStats {
        final AtomicInteger hits = new AtomicInteger();
        final AtomicInteger joined = new AtomicInteger();
        final AtomicInteger missed = new AtomicInteger();
        final AtomicInteger evicted = new AtomicInteger();
        final AtomicInteger writeFailures = new AtomicInteger();
        final AtomicInteger drained = new AtomicInteger();

        @Override
        public void hit() {
            hits.incrementAndGet();
        }

        @Override
        public void joined() {
            joined.incrementAndGet();
        }

        @Override
        public void missed() {
            missed.incrementAndGet();
        }

        @Override
        public void evicted() {
            evicted.incrementAndGet();
        }

        @Override
        public void writeFailed() {
            writeFailures.incrementAndGet();
        }

        @Override
        public void drained() {
            drained.incrementAndGet();
        }
    }
}
