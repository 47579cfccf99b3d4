package dev.stentor.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** The frames that were released, and may not have been heard yet. Confined to the clock's thread. */
final class UnheardFrames {

    private final Deque<Aired> frames = new ArrayDeque<>();

    /** One of them. */
    private record Aired(ActiveUtterance turn, FrameCutter.Frame frame, long endPos) {}

    /**
     * Takes the next.
     *
     * @param endPos the sample behind its last
     */
    void add(ActiveUtterance turn, FrameCutter.Frame frame, long endPos) {
        frames.add(new Aired(turn, frame, endPos));
    }

    /** Forgets those that were heard. */
    void forgetUntil(long heardPos) {
        while (!frames.isEmpty() && frames.getFirst().endPos() <= heardPos) {
            frames.removeFirst();
        }
    }

    /** Whether something of that utterance is among them. */
    boolean holds(ActiveUtterance turn) {
        return frames.stream().anyMatch(frame -> frame.turn() == turn);
    }

    /** Whether that utterance is the one that is heard. */
    boolean isHeard(ActiveUtterance turn) {
        return !frames.isEmpty() && frames.getFirst().turn() == turn;
    }

    /** Their utterances, in order. */
    SequencedSet<ActiveUtterance> utterances() {
        var turns = new LinkedHashSet<ActiveUtterance>();
        frames.forEach(frame -> turns.add(frame.turn()));
        return turns;
    }

    /** Where the first begins that is of none of these utterances. */
    Optional<Long> firstPosOutside(Set<ActiveUtterance> turns) {
        return frames.stream()
                .filter(frame -> !turns.contains(frame.turn()))
                .findFirst()
                .map(frame -> frame.endPos() - ChannelEvent.FRAME_SAMPLES);
    }

    /** Takes all back; those of others than these utterances will be released again. Returns the others. */
    List<ActiveUtterance> takeBack(Set<ActiveUtterance> but) {
        Set<ActiveUtterance> others = utterances();
        others.removeAll(but);
        for (ActiveUtterance turn : others) {
            turn.rewind(frames.stream()
                    .filter(frame -> frame.turn() == turn)
                    .map(Aired::frame)
                    .toList());
        }
        frames.clear();
        return new ArrayList<>(others);
    }
}
