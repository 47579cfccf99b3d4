package dev.stentor.cluster;

import java.util.List;
import java.util.stream.Stream;

/** Events of a tail, sorted by kind. */
public record TailEvents(List<TailEvent> events) {

    private Stream<TailEvent.Received> entries() {
        return events.stream().filter(TailEvent.Received.class::isInstance).map(TailEvent.Received.class::cast);
    }

    /** Returns the ids of the entries, as they came. */
    public List<EntryId> received() {
        return entries().map(received -> received.entry().id()).toList();
    }

    /** Returns the numbers of the entries that came as they were published. */
    public List<Long> live() {
        return entries()
                .filter(TailEvent.Received::live)
                .map(received -> received.entry().id().seq())
                .toList();
    }

    /** Returns what tells that the history has a hole, or is another one. */
    public List<TailEvent> breaks() {
        return events.stream()
                .filter(event -> event instanceof TailEvent.Lost || event instanceof TailEvent.Restarted)
                .toList();
    }
}
