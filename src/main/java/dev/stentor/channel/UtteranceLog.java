package dev.stentor.channel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The utterances of a channel by id: all that wait or play, and the latest that are over, as far as their texts fit into a bound.
 * Confined to the clock's thread.
 */
final class UtteranceLog {

    private static final int KEPT = 200;
    private static final long KEPT_CHARACTERS = 500_000;

    private final LinkedHashMap<String, ActiveUtterance> utterances = new LinkedHashMap<>();
    /** Utterances that were over when this process took the channel, the oldest first. */
    private final SequencedMap<String, Utterance> past = new LinkedHashMap<>();

    private long characters;

    /** Adds one that was over before this process took the channel. */
    void addPast(Utterance utterance) {
        past.put(utterance.id(), utterance);
    }

    /** Returns one that was over before this process took the channel. */
    Optional<Utterance> findPast(String id) {
        return Optional.ofNullable(past.get(id));
    }

    /** Returns one that may be written to; throws {@link ChannelException} if it was over before this process took the channel. */
    Optional<ActiveUtterance> writable(String id) {
        if (past.containsKey(id)) {
            throw new ChannelException(ChannelRefusal.utteranceOver());
        }
        return find(id);
    }

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

    /**
     * Returns the latest so many of them, in the order in which they were asked for; those first that were over before this process took the
     * channel.
     *
     * @param snapshot makes a snapshot of one that came later
     */
    List<Utterance> latest(int count, Function<ActiveUtterance, Utterance> snapshot) {
        int before = Math.max(0, count - utterances.size());
        return Stream.concat(
                        past.values().stream().skip(Math.max(0, past.size() - before)),
                        utterances.values().stream()
                                .skip(Math.max(0, utterances.size() - count))
                                .map(snapshot))
                .toList();
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
