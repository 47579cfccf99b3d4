package dev.stentor.channel;

import dev.stentor.mix.SourceOrigin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * The sources of one channel, in the order in which they were put in, and the failed ones, until another takes the name or it is removed.
 * Confined to the clock's thread.
 */
final class SourceRegistry {

    private static final int MAX_FAILED = 16;

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, SourceOrigin> failed = new LinkedHashMap<>();

    /** Adds a source, or replaces the one of that name. Forgets that an earlier one of that name failed. */
    void put(String name, Source source) {
        failed.remove(name);
        sources.put(name, source);
    }

    /** Adds a source that is over, since it ended with the node that had it. */
    void lost(String name) {
        failed.put(name, new LostSource());
    }

    Optional<Source> find(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    /** Removes a source of that name, and forgets one that failed; tells whether there was either. */
    boolean remove(String name) {
        boolean hadFailed = failed.remove(name) != null;
        return sources.remove(name) != null || hadFailed;
    }

    /** Removes the sources that are over; tells whether there were any. Keeps the latest {@value #MAX_FAILED} of those that failed. */
    boolean removeOver(BiPredicate<String, Source> isOver) {
        boolean removed = sources.entrySet().removeIf(entry -> {
            boolean over = isOver.test(entry.getKey(), entry.getValue());
            if (over && entry.getValue().origin().hasFailed()) {
                failed.put(entry.getKey(), entry.getValue().origin());
            }
            return over;
        });
        while (failed.size() > MAX_FAILED) {
            failed.remove(failed.keySet().iterator().next());
        }
        return removed;
    }

    void forEach(BiConsumer<String, Source> action) {
        sources.forEach(action);
    }

    Stream<Map.Entry<String, Source>> stream() {
        return sources.entrySet().stream();
    }

    int size() {
        return sources.size();
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    /** Returns the sources that failed, the latest last. */
    List<MixStatus.FailedSource> failed() {
        return failed.entrySet().stream()
                .map(entry -> new MixStatus.FailedSource(entry.getKey(), entry.getValue()))
                .toList();
    }

    void clear() {
        sources.clear();
        failed.clear();
    }
}
