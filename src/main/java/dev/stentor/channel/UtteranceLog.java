package dev.stentor.channel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The utterances of a channel by id: all that wait or play, and the latest that are over, as far as their texts fit into a bound.
 * Confined to the clock's thread.
 */
final class UtteranceLog {

    private static final int KEPT = 200;
    private static final long KEPT_CHARACTERS = 500_000;

    private final LinkedHashMap<String, ActiveUtterance> utterances = new LinkedHashMap<>();
    private long characters;

    void add(ActiveUtterance utterance) {
        utterances.put(utterance.id, utterance);
        characters += utterance.characters();
        forgetOldest();
    }

    /** Counts so many characters more: the text of an open utterance has grown. */
    void grew(int more) {
        characters += more;
        forgetOldest();
    }

    private void forgetOldest() {
        Iterator<ActiveUtterance> oldest = utterances.values().iterator();
        while ((utterances.size() > KEPT || characters > KEPT_CHARACTERS) && oldest.hasNext()) {
            ActiveUtterance old = oldest.next();
            if (old.isOver()) {
                characters -= old.characters();
                oldest.remove();
            }
        }
    }

    /** Returns the latest so many of them, in the order in which they were asked for. */
    Stream<ActiveUtterance> latest(int count) {
        return utterances.values().stream().skip(Math.max(0, utterances.size() - count));
    }

    Optional<ActiveUtterance> find(String id) {
        return Optional.ofNullable(utterances.get(id));
    }

    /**
     * Returns the utterance that was asked for under the same key, and gives back what was reserved for asking again; empty if there is
     * none, or the request has no key. Throws {@link ChannelException} if something else was asked for under the key.
     */
    Optional<ActiveUtterance> repeated(UtteranceRequest asked) {
        String key = asked.key();
        if (key == null) {
            return Optional.empty();
        }
        Optional<ActiveUtterance> known = utterances.values().stream()
                .filter(utterance -> key.equals(utterance.asked.key()))
                .findFirst();
        known.filter(utterance -> !utterance.asked.isLike(asked)).ifPresent(_ -> {
            throw new ChannelException(ChannelRefusal.keyReused());
        });
        if (known.isPresent()) {
            asked.request().charge().end();
        }
        return known;
    }
}
