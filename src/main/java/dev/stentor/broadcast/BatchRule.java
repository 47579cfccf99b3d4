package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rule for how much sound is put into one send, at most. Fewer sends save most: one of 100 ms costs little more than one of
 * 20 ms. But its first frame waits for its last, so the channel's lead must leave players time for that.
 *
 * @param fixed the same time for every channel, where its lead allows; null means a time that suits the number of listeners
 */
public record BatchRule(@Nullable Duration fixed) {

    /** The rule of 20 ms for a few listeners, 60 ms for more, 100 ms for many. */
    static final BatchRule AUTO = new BatchRule(null);

    private static final int SOME_MILLIS = 60;
    private static final int MOST_MILLIS = 100;

    /** The part of the lead that must be left when a frame is sent. */
    private static final int SPARE_LEAD_MILLIS = 100;

    private static final int MORE_THAN_A_FEW = 20;
    private static final int MANY = 200;

    public BatchRule {
        if (fixed != null && (fixed.toMillis() < SpeechTime.FRAME_MILLIS || fixed.toMillis() > MOST_MILLIS)) {
            throw new IllegalArgumentException("batch must be 20 ms to 100 ms, was " + fixed);
        }
    }

    /** Returns the time for a channel of that lead with so many listeners, in whole frames. */
    int millis(long leadMillis, int listeners) {
        int most = mostMillis(leadMillis);
        if (fixed != null || listeners >= MANY) {
            return most;
        }
        return listeners < MORE_THAN_A_FEW ? SpeechTime.FRAME_MILLIS : Math.min(SOME_MILLIS, most);
    }

    /** Returns the longest time for a channel of that lead, however many listen. */
    int mostMillis(long leadMillis) {
        long wanted = fixed == null ? MOST_MILLIS : fixed.toMillis();
        long allowed = Math.min(wanted, leadMillis - SPARE_LEAD_MILLIS);
        return (int) Math.max(SpeechTime.FRAME_MILLIS, allowed / SpeechTime.FRAME_MILLIS * SpeechTime.FRAME_MILLIS);
    }
}
