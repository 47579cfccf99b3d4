package dev.stentor.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The utterances of a channel that are not over, in the order in which they are spoken. Confined to the clock's thread. */
final class Queue {

    private final List<Turn> turns = new ArrayList<>();

    boolean isEmpty() {
        return turns.isEmpty();
    }

    int size() {
        return turns.size();
    }

    /** The one that is spoken now, or next. */
    Turn head() {
        return turns.getFirst();
    }

    /** All, in order. */
    List<Turn> all() {
        return List.copyOf(turns);
    }

    /** Takes one in: at the end, or behind the one that is being spoken. */
    void add(Turn turn) {
        boolean next = turn.order.mode() == Order.Mode.NEXT && !turns.isEmpty();
        turns.add(next ? (head().isPlaying() ? 1 : 0) : turns.size(), turn);
    }

    /** Puts some in front again, in their order. */
    void putBack(List<Turn> former) {
        turns.removeAll(former);
        turns.addAll(0, former);
    }

    void remove(Turn turn) {
        turns.remove(turn);
    }

    /** Characters of all texts; of those that are being written, what was not spoken yet. */
    long characters() {
        return turns.stream().mapToLong(Turn::waitingCharacters).sum();
    }

    /** How much sound is still to be released, in samples, as far as one can guess. */
    double remainingSamples() {
        return turns.stream().mapToDouble(Turn::remainingSamples).sum();
    }

    /** How long it takes, in samples, until texts of so many characters have been spoken. */
    double samplesUntilFreed(long characters) {
        double samples = 0;
        long freed = 0;
        for (Turn turn : turns) {
            if (freed >= characters) {
                break;
            }
            freed += turn.waitingCharacters();
            samples += turn.remainingSamples();
        }
        return samples;
    }

    /** How much of that one, and of all before it, is there and not released. */
    long bufferedSamplesUpTo(Turn last) {
        long buffered = 0;
        for (Turn turn : turns) {
            buffered += turn.frames.bufferedSamples();
            if (turn == last) {
                break;
            }
        }
        return buffered;
    }

    /** The first for which the engine has not given all yet. */
    Optional<Turn> firstToReceive() {
        for (Turn turn : turns) {
            if (!turn.intake.isOver()) {
                return Optional.of(turn);
            }
        }
        return Optional.empty();
    }
}
