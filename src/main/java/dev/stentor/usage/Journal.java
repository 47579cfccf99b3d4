package dev.stentor.usage;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * The writer of counts to a file: what was added since the last time, every half second. If the file cannot be used, what would be
 * written is kept, summed up by row, and tried again later. Any thread may add; all else is done on the scheduler of the settings.
 */
final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final JournalSettings settings;
    private final Consumer<List<UsageRow>> loaded;
    private final Consumer<LocalDate> forgotten;
    private final UsageStats stats;
    private final ConcurrentMap<UsageRow, Characters> unwritten = new ConcurrentHashMap<>();
    /** The sums of all lines of the file; touched on the scheduler only, like the fields below. */
    private final Map<UsageRow, Characters> written = new HashMap<>();

    private @Nullable JournalFile file;
    private @Nullable LocalDate firstKept;
    private long retryAtMillis;
    private String problem = "";
    private volatile boolean failing;
    private final Disposable writing;

    /**
     * Opens the file, and begins to write. Blocks; does not fail if the file cannot be used.
     *
     * @param loaded takes what was counted before; called on the scheduler, or on this thread
     * @param forgotten takes the first day that is kept, each time that it changes
     */
    Journal(
            JournalSettings settings,
            Consumer<List<UsageRow>> loaded,
            Consumer<LocalDate> forgotten,
            UsageStats stats) {
        this.settings = settings;
        this.loaded = loaded;
        this.forgotten = forgotten;
        this.stats = stats;
        write();
        long millis = JournalSettings.INTERVAL.toMillis();
        writing = settings.disk().schedulePeriodically(this::write, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Has this written soon. */
    void add(UsageRow more) {
        var _ = unwritten.merge(place(more), more.characters(), Characters::plus);
    }

    /** Tells whether counts are kept in memory alone, since the file cannot be used. */
    boolean isFailing() {
        return failing;
    }

    /** Writes what is left, and closes the file. Waits for the disk, for some seconds at most. */
    @Override
    public void close() {
        writing.dispose();
        var _ = CompletableFuture.runAsync(this::writeLast, settings.disk()::schedule)
                .orTimeout(LAST_WRITE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
    }

    private void writeLast() {
        retryAtMillis = 0;
        write();
        JournalFile open = file;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void write() {
        if (nowMillis() < retryAtMillis) {
            return;
        }
        try {
            JournalFile open = file == null ? open() : file;
            file = open;
            appendTo(open);
            LocalDate first = LocalDate.ofInstant(settings.time().instant(), ZoneOffset.UTC)
                    .minusDays(settings.days() - 1L);
            if (!first.equals(firstKept) || open.isLong()) {
                written.keySet().removeIf(row -> row.day().isBefore(first));
                open.rewrite(summed(written));
                firstKept = first;
                forgotten.accept(first);
            }
            if (failing) {
                LOG.info("The file of usage can be written again; nothing was lost.");
            }
            failing = false;
            problem = "";
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private JournalFile open() throws IOException {
        JournalFile opened = JournalFile.open(settings.file());
        for (UsageRow row : opened.rows()) {
            var _ = written.merge(place(row), row.characters(), Characters::plus);
        }
        loaded.accept(summed(written));
        return opened;
    }

    private void appendTo(JournalFile open) throws IOException {
        var taken = new HashMap<UsageRow, Characters>();
        for (UsageRow place : unwritten.keySet()) {
            Characters characters = unwritten.remove(place);
            if (characters != null) {
                taken.put(place, characters);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            open.append(summed(taken));
        } catch (IOException | RuntimeException e) {
            taken.forEach((place, characters) -> unwritten.merge(place, characters, Characters::plus));
            throw e;
        }
        taken.forEach((place, characters) -> written.merge(place, characters, Characters::plus));
    }

    private void failed(Exception cause) {
        failing = true;
        stats.journalFailed();
        retryAtMillis = nowMillis() + JournalSettings.PAUSE.toMillis();
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (!why.equals(problem)) {
            problem = why;
            LOG.atError()
                    .addKeyValue("file", settings.file())
                    .addKeyValue("reason", why)
                    .log("The file of usage cannot be used; counts are kept in memory, and lost with the process.");
        }
    }

    private long nowMillis() {
        return settings.disk().now(TimeUnit.MILLISECONDS);
    }

    /** Returns the row without its count, as a key. */
    private static UsageRow place(UsageRow row) {
        return new UsageRow(row.day(), row.account(), row.service(), Characters.ZERO);
    }

    private static List<UsageRow> summed(Map<UsageRow, Characters> counts) {
        var rows = new ArrayList<UsageRow>();
        counts.forEach((place, sum) -> rows.add(new UsageRow(place.day(), place.account(), place.service(), sum)));
        return rows;
    }
}
