package dev.stentor.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The utterances of a channel that are not over, in the order in which they are spoken. Confined to the clock's thread. */
final class UtteranceQueue {

    private final List<ActiveUtterance> turns = new ArrayList<>();

    boolean isEmpty() {
        return turns.isEmpty();
    }

    int size() {
        return turns.size();
    }

    /** The one that is spoken now, or next. */
    ActiveUtterance head() {
        return turns.getFirst();
    }

    /** All, in order. */
    List<ActiveUtterance> all() {
        return List.copyOf(turns);
    }

    /** Takes one in: at the end, or behind the one that is being spoken. */
    void add(ActiveUtterance turn) {
        boolean next = turn.asked.mode() == UtteranceRequest.Mode.NEXT && !turns.isEmpty();
        turns.add(next ? (head().isPlaying() ? 1 : 0) : turns.size(), turn);
    }

    /** Puts some in front again, in their order. */
    void putBack(List<ActiveUtterance> former) {
        turns.removeAll(former);
        turns.addAll(0, former);
    }

    void remove(ActiveUtterance turn) {
        turns.remove(turn);
    }

    /** Characters of all texts; of those that are being written, what was not spoken yet. */
    long characters() {
        return turns.stream().mapToLong(ActiveUtterance::waitingCharacters).sum();
    }

    /** How much sound is still to be released, in samples, as far as one can guess. */
    double remainingSamples() {
        return turns.stream().mapToDouble(ActiveUtterance::remainingSamples).sum();
    }

    /** How long it takes, in samples, until texts of so many characters have been spoken. */
    double samplesUntilFreed(long characters) {
        double samples = 0;
        long freed = 0;
        for (ActiveUtterance turn : turns) {
            if (freed >= characters) {
                break;
            }
            freed += turn.waitingCharacters();
            samples += turn.remainingSamples();
        }
        return samples;
    }

    /** How much of that one, and of all before it, is there and not released. */
    long bufferedSamplesUpTo(ActiveUtterance last) {
        long buffered = 0;
        for (ActiveUtterance turn : turns) {
            buffered += turn.frames.bufferedSamples();
            if (turn == last) {
                break;
            }
        }
        return buffered;
    }

    /** The first for which the engine has not given all yet. */
    Optional<ActiveUtterance> firstToReceive() {
        for (ActiveUtterance turn : turns) {
            if (!turn.intake.isOver()) {
                return Optional.of(turn);
            }
        }
        return Optional.empty();
    }
}
