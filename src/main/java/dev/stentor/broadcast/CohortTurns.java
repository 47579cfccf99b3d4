package dev.stentor.broadcast;

import dev.stentor.clock.TickClock;

/**
 * The ticks in which the cohorts of a rendition send, spread evenly over the time in which sound gathers. So not all send in the same tick,
 * and a channel whose audience has no turn need not be served until the next one. Immutable.
 */
final class CohortTurns {

    private final int shift;
    private final long gridMicros;

    /**
     * Creates the turns of a channel.
     *
     * @param channel a number of the channel's own, by which its turns are others than those of other channels
     * @param gridMicros by how much its ticks are later than multiples of a tick
     */
    CohortTurns(int channel, long gridMicros) {
        this.shift = channel;
        this.gridMicros = gridMicros;
    }

    /**
     * Tells whether it is a cohort's turn.
     *
     * @param number of the cohort, from 0 on
     * @param cohorts how many there are
     * @param batchTicks for how many ticks sound gathers
     */
    boolean isTurn(int number, int cohorts, int batchTicks, long nowMicros) {
        return place(nowMicros, batchTicks) == place(number, cohorts, batchTicks);
    }

    /** Returns the number of ticks from now to the next one that is some cohort's turn; 1 is the next tick. */
    int ticksUntilNext(int cohorts, int batchTicks, long nowMicros) {
        int now = place(nowMicros, batchTicks);
        int fewest = batchTicks;
        for (int number = 0; number < cohorts; number++) {
            int ticks = Math.floorMod(place(number, cohorts, batchTicks) - now - 1, batchTicks) + 1;
            fewest = Math.min(fewest, ticks);
        }
        return fewest;
    }

    private static int place(int number, int cohorts, int batchTicks) {
        return number * batchTicks / cohorts;
    }

    private int place(long nowMicros, int batchTicks) {
        long tick = Math.floorDiv(nowMicros - gridMicros + TickClock.TICK_MICROS / 2, TickClock.TICK_MICROS);
        return Math.floorMod(tick + shift, batchTicks);
    }
}
