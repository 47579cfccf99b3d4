package dev.stentor.relay;

import dev.stentor.clock.OffsetClock;
import dev.stentor.clock.OffsetClock.Offset;
import java.util.ArrayDeque;

/**
 * The time of a channel's clock on another node, measured by questions. An answer is as exact as half the time that it took, and less so
 * the older it is; the best one holds. Confined to the clock's thread.
 */
final class OwnerTime {

    private static final int REMEMBERED = 16;

    /** By how much two clocks drift apart: 50 µs in a second. */
    private static final double DRIFT = 50e-6;

    private record Answer(long offsetMicros, long errorMicros, long atMicros) {
        long errorMicros(long nowMicros) {
            return errorMicros + Math.round(DRIFT * (nowMicros - atMicros));
        }
    }

    private final OffsetClock clock;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();

    /** @param clock shows the channel's time, as well as it is known */
    OwnerTime(OffsetClock clock) {
        this.clock = clock;
    }

    /** Forgets the answers of a node that does not have the channel any more; what was known holds until there is a better one. */
    void forget() {
        answers.clear();
    }

    /**
     * Takes an answer.
     *
     * @param askedMicros when the question was sent, by the clock of this process
     * @param itsMicros what the channel's clock showed meanwhile
     * @param answeredMicros when the answer came
     */
    void take(long askedMicros, long itsMicros, long answeredMicros) {
        long error = Math.max(1, (answeredMicros - askedMicros + 1) / 2);
        answers.addLast(new Answer(itsMicros - (askedMicros + answeredMicros) / 2, error, answeredMicros));
        if (answers.size() > REMEMBERED) {
            answers.removeFirst();
        }
        Answer best = answers.getLast();
        for (Answer answer : answers) {
            if (answer.errorMicros(answeredMicros) < best.errorMicros(answeredMicros)) {
                best = answer;
            }
        }
        clock.shift(new Offset(best.offsetMicros(), best.errorMicros(answeredMicros)));
    }
}
