package dev.stentor.channel;

import java.util.LinkedHashMap;
import java.util.Optional;

/** Finds a channel's latest utterances by id, ended ones too. Confined to the clock's thread. */
final class UtteranceLog {

    private static final int KEPT = 1_000;

    private final LinkedHashMap<String, Turn> turns = new LinkedHashMap<>();

    void add(Turn turn) {
        turns.put(turn.id, turn);
        if (turns.size() > KEPT) {
            turns.pollFirstEntry();
        }
    }

    Optional<Turn> find(String id) {
        return Optional.ofNullable(turns.get(id));
    }
}
