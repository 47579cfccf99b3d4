package dev.stentor.relay;

import dev.stentor.broadcast.FedEntry;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.EntryId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The entries of the page of a channel's history that was fetched last, read away from the clock's thread: a page is as much work as all
 * channels are in a tick. Confined to the clock's thread, but for what says otherwise.
 */
final class ReadAhead {

    private final Scheduler work;
    private final Function<ByteBuffer, FedEntry> reader;
    private volatile Map<EntryId, FedEntry> page = new HashMap<>();

    /**
     * Creates one that has read nothing.
     *
     * @param work where pages are read
     * @param reader reads an entry; called on any thread
     */
    ReadAhead(Scheduler work, Function<ByteBuffer, FedEntry> reader) {
        this.work = work;
        this.reader = reader;
    }

    /** Emits a page once it is read, and forgets what is left of the one before. From any thread. */
    Mono<List<ChannelEntry>> read(Mono<List<ChannelEntry>> fetched) {
        return fetched.publishOn(work).doOnNext(entries -> page = readAll(entries));
    }

    /** Returns an entry, once, which is read now if it was not before. Throws {@link IllegalArgumentException} if it cannot be read. */
    FedEntry of(ChannelEntry entry) {
        FedEntry known = page.remove(entry.id());
        return known == null ? reader.apply(entry.body()) : known;
    }

    /** Reads entries up to one that cannot be read: that fails when it is asked for. */
    private Map<EntryId, FedEntry> readAll(List<ChannelEntry> entries) {
        Map<EntryId, FedEntry> read = HashMap.newHashMap(entries.size());
        try {
            for (ChannelEntry entry : entries) {
                read.put(entry.id(), reader.apply(entry.body()));
            }
        } catch (IllegalArgumentException unreadable) {
            return read;
        }
        return read;
    }
}
