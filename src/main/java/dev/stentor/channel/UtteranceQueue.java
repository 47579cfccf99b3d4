package dev.stentor.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The utterances of a channel that are not over, in the order in which they are spoken. Confined to the clock's thread. */
final class UtteranceQueue {

    private final List<ActiveUtterance> utterances = new ArrayList<>();

    boolean isEmpty() {
        return utterances.isEmpty();
    }

    int size() {
        return utterances.size();
    }

    /** Returns the utterance that is spoken now, or next; the queue must not be empty. */
    ActiveUtterance head() {
        return utterances.getFirst();
    }

    /** Returns a copy of the queue, in order. */
    List<ActiveUtterance> all() {
        return List.copyOf(utterances);
    }

    /** Adds an utterance: at the end, or behind the one that is being spoken, as it asks for. */
    void add(ActiveUtterance utterance) {
        boolean next = utterance.asked.mode() == UtteranceRequest.Mode.NEXT && !utterances.isEmpty();
        utterances.add(next ? (head().isPlaying() ? 1 : 0) : utterances.size(), utterance);
    }

    /** Puts utterances in front of all others, in their order; some may be in the queue already. */
    void putBack(List<ActiveUtterance> former) {
        utterances.removeAll(former);
        utterances.addAll(0, former);
    }

    /** Ends the work on all of them, and is empty then. */
    void abandonAll() {
        all().forEach(ActiveUtterance::abandon);
        utterances.clear();
    }

    void remove(ActiveUtterance utterance) {
        utterances.remove(utterance);
    }

    /** Returns the number of characters that count against the queue limit; of open texts, only those not yet released. */
    long characters() {
        return utterances.stream().mapToLong(ActiveUtterance::waitingCharacters).sum();
    }

    /** Returns how many samples are still to be released, as far as that can be guessed. */
    double remainingSamples() {
        return utterances.stream()
                .mapToDouble(ActiveUtterance::remainingSamples)
                .sum();
    }

    /** Returns how many samples are released until texts of so many characters have been spoken. */
    double samplesUntilFreed(long characters) {
        double samples = 0;
        long freed = 0;
        for (ActiveUtterance utterance : utterances) {
            if (freed >= characters) {
                break;
            }
            freed += utterance.waitingCharacters();
            samples += utterance.remainingSamples();
        }
        return samples;
    }

    /** Returns how many samples of that utterance, and of all before it, have arrived and were not released. */
    long bufferedSamplesUpTo(ActiveUtterance last) {
        long buffered = 0;
        for (ActiveUtterance utterance : utterances) {
            buffered += utterance.frames.bufferedSamples();
            if (utterance == last) {
                break;
            }
        }
        return buffered;
    }

    /** Returns the first utterance for which the engine has not given all yet. */
    Optional<ActiveUtterance> firstToReceive() {
        for (ActiveUtterance utterance : utterances) {
            if (!utterance.intake.isOver()) {
                return Optional.of(utterance);
            }
        }
        return Optional.empty();
    }
}
