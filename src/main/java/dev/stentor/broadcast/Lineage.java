package dev.stentor.broadcast;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The lives of a channel whose entries are numbered in one go: each began where another node had stopped. A listener of any of them may
 * resume, as long as the entry that it names was one that the later lives go on from. See ADR 51.
 *
 * @param lives the latest last; never more than {@link #MOST}
 */
record Lineage(List<Life> lives) {

    /** A channel that no other node had before. */
    static final Lineage NONE = new Lineage(List.of());

    private static final int MOST = 16;

    /**
     * A life that is over.
     *
     * @param lastSeq the number of its last entry that all nodes know
     */
    record Life(long epoch, long lastSeq) {}

    Lineage {
        lives = List.copyOf(lives);
    }

    /** Returns the lineage of the life that follows one. */
    Lineage and(Life over) {
        return new Lineage(Stream.concat(lives.stream(), Stream.of(over))
                .skip(Math.max(0, lives.size() + 1 - MOST))
                .toList());
    }

    /** Returns the last entry of an earlier life; empty if the channel does not come from it. */
    OptionalLong lastSeqOf(long epoch) {
        return lives.stream()
                .filter(life -> life.epoch() == epoch)
                .mapToLong(Life::lastSeq)
                .findFirst();
    }
}
