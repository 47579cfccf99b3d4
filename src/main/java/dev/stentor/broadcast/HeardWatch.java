package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.TimelineSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out from listeners' reports when one of them has heard an utterance to its end. Confined to the clock's thread. */
final class HeardWatch {

    private static final int KEPT = 64;

    private final Map<String, Integer> generations = new LinkedHashMap<>();
    private final Map<String, Spoken> spoken = new LinkedHashMap<>();

    /** An utterance of which nothing more will be released, and the connections of those who are through with it. */
    private record Spoken(String id, int generation, long samples, List<TimelineSpan> spans, Set<String> told) {}

    void on(ChannelEvent event) {
        if (event instanceof UtteranceStarted started) {
            keep(generations, started.id(), started.generation());
        } else if (event instanceof UtteranceEnded ended) {
            Integer generation = generations.get(ended.id());
            if (generation != null && ended.samples() > 0) {
                var over = new Spoken(ended.id(), generation, ended.samples(), ended.spans(), new HashSet<>());
                keep(spoken, ended.id(), over);
            }
        }
    }

    /** What its latest report says about utterances that it was not through with before. */
    List<FeedEvent> reported(ListenerStatus listener) {
        var news = new ArrayList<FeedEvent>();
        for (Spoken utterance : spoken.values()) {
            if (isThrough(listener, utterance) && utterance.told().add(listener.connection())) {
                long heard = listener.ledger()
                        .heard(
                                utterance.generation(),
                                utterance.spans(),
                                listener.ledger().reportedMicros());
                if (heard > 0) {
                    news.add(heard(listener, utterance, heard));
                }
            }
        }
        return news;
    }

    private static boolean isThrough(ListenerStatus listener, Spoken utterance) {
        ListenerReport report = listener.report();
        return report != null
                && (listener.saysWhereItEnded(utterance.generation())
                        || report.pos() >= utterance.spans().getLast().end());
    }

    private static FeedEvent heard(ListenerStatus listener, Spoken utterance, long samples) {
        String json = JsonLine.object(out -> {
            out.writeStringProperty("t", "utterance.heard");
            out.writeStringProperty("id", utterance.id());
            out.writeStringProperty("conn", listener.connection());
            out.writeStringProperty("client", listener.client());
            out.writeNumberProperty("samples", samples);
            out.writeNumberProperty("ms", samples / 24);
            out.writeBooleanProperty("whole", samples == utterance.samples());
        });
        return new FeedEvent(null, "utterance.heard", json);
    }

    private static <T> void keep(Map<String, T> kept, String id, T value) {
        kept.put(id, value);
        if (kept.size() > KEPT) {
            var oldest = kept.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
