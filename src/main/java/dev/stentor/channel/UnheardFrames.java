package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
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

    private final Deque<Released> frames = new ArrayDeque<>();

    private record Released(ActiveUtterance utterance, FrameCutter.Frame frame, long endPos) {}

    /**
     * Adds the frame that was released last.
     *
     * @param endPos the position behind its last sample
     */
    void add(ActiveUtterance utterance, FrameCutter.Frame frame, long endPos) {
        frames.add(new Released(utterance, frame, endPos));
    }

    /** Forgets the frames before that position: they were heard. */
    void forgetUntil(long heardPos) {
        while (!frames.isEmpty() && frames.getFirst().endPos() <= heardPos) {
            frames.removeFirst();
        }
    }

    /** Tells whether there is a frame of that utterance. */
    boolean holds(ActiveUtterance utterance) {
        return frames.stream().anyMatch(frame -> frame.utterance() == utterance);
    }

    /** Tells whether that utterance is the one that is heard now. */
    boolean isHeard(ActiveUtterance utterance) {
        return !frames.isEmpty() && frames.getFirst().utterance() == utterance;
    }

    /** Returns the utterances of all frames, in the order in which they are heard. */
    SequencedSet<ActiveUtterance> utterances() {
        var utterances = new LinkedHashSet<ActiveUtterance>();
        frames.forEach(frame -> utterances.add(frame.utterance()));
        return utterances;
    }

    /** Returns the position of the first frame that belongs to none of these utterances; empty if there is no such frame. */
    Optional<Long> firstPosOutside(Set<ActiveUtterance> utterances) {
        return frames.stream()
                .filter(frame -> !utterances.contains(frame.utterance()))
                .findFirst()
                .map(frame -> frame.endPos() - SpeechTime.FRAME_SAMPLES);
    }

    /**
     * Forgets all frames. Those of utterances that are not cleared are given back to them, to be released again.
     *
     * @return the utterances that are not cleared, in order
     */
    List<ActiveUtterance> giveBackExcept(Set<ActiveUtterance> cleared) {
        Set<ActiveUtterance> others = utterances();
        others.removeAll(cleared);
        for (ActiveUtterance utterance : others) {
            utterance.rewind(frames.stream()
                    .filter(frame -> frame.utterance() == utterance)
                    .map(Released::frame)
                    .toList());
        }
        frames.clear();
        return new ArrayList<>(others);
    }
}
