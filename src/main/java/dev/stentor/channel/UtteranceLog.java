package dev.stentor.channel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a channel's utterances by id: all that wait or play, and the latest that are over, as far as their texts fit into the
 * bound. Confined to the clock's thread.
 */
final class UtteranceLog {

    private static final int KEPT = 200;
    private static final long KEPT_CHARACTERS = 500_000;

    private final LinkedHashMap<String, ActiveUtterance> turns = new LinkedHashMap<>();
    private long characters;

    void add(ActiveUtterance turn) {
        turns.put(turn.id, turn);
        characters += turn.characters();
        forgetOldest();
    }

    /** The text of one of them goes on. */
    void grew(int more) {
        characters += more;
        forgetOldest();
    }

    private void forgetOldest() {
        Iterator<ActiveUtterance> oldest = turns.values().iterator();
        while ((turns.size() > KEPT || characters > KEPT_CHARACTERS) && oldest.hasNext()) {
            ActiveUtterance old = oldest.next();
            if (old.isOver()) {
                characters -= old.characters();
                oldest.remove();
            }
        }
    }

    Optional<ActiveUtterance> find(String id) {
        return Optional.ofNullable(turns.get(id));
    }

    /** The one that was ordered under this key; empty if none was, or the key is null. */
    Optional<ActiveUtterance> keyed(@Nullable String key) {
        return key == null
                ? Optional.empty()
                : turns.values().stream()
                        .filter(turn -> key.equals(turn.asked.key()))
                        .findFirst();
    }
}
