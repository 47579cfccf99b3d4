package dev.stentor.broadcast.socket;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The walks of one event loop over its listeners, and the way that each takes: {@code fd}, until a {@link WayTrial} has shown
 * that many sends cost less by {@code ring}. What is sent outside a walk, or in a walk over few listeners, is always sent by
 * {@code fd}. Confined to the event loop.
 */
public final class LoopWalks {

    private static final FastThreadLocal<LoopWalks> OF_THIS_LOOP = new FastThreadLocal<>();

    private static final long NOT_MEASURED = -1;

    private final Sizes sizes;
    private final LongSupplier cpuNanos;
    private final Choice told;
    private @Nullable WayTrial trial;
    private int walksToTrial;
    private boolean ringChosen;
    private boolean everTold;
    private boolean byRing;
    private long fromNanos = NOT_MEASURED;
    private int sends;

    /**
     * Sizes of walks and of pauses.
     *
     * @param many number of listeners from which on a walk may be by {@code ring}
     * @param toFirstTrial walks over many listeners before the first trial, in which the compiler does its work
     * @param toNextTrial walks over many listeners between two trials
     */
    record Sizes(int many, int toFirstTrial, int toNextTrial) {
        /** From a hundred listeners on; a trial after ten seconds of 20 ms, and one each quarter of an hour. */
        static final Sizes USUAL = new Sizes(100, 500, 50_000);
    }

    /** A listener to the first choice, and to each that differs from the one before. */
    @FunctionalInterface
    interface Choice {
        /**
         * Tells which way walks over many listeners take from now on.
         *
         * @param ringToFd the cost of a send by {@code ring} as a part of that by {@code fd}
         */
        void made(boolean ring, double ringToFd);
    }

    /**
     * Creates the walks of a loop that sends by {@code fd} so far.
     *
     * @param cpuNanos tells the CPU time of this thread
     */
    LoopWalks(Sizes sizes, LongSupplier cpuNanos, Choice told) {
        this.sizes = sizes;
        this.walksToTrial = sizes.toFirstTrial();
        this.cpuNanos = cpuNanos;
        this.told = told;
    }

    /** Returns the walks of the calling event loop; null if each is by the same way there. */
    public static @Nullable LoopWalks ofThisLoop() {
        return OF_THIS_LOOP.get();
    }

    /** Makes these the walks of the calling event loop, and returns them. */
    LoopWalks onThisLoop() {
        OF_THIS_LOOP.set(this);
        return this;
    }

    /** Tells that sends of the same bytes to so many listeners follow. */
    public void begin(int listeners) {
        fromNanos = NOT_MEASURED;
        byRing = false;
        if (listeners < sizes.many()) {
            return;
        }
        if (trial == null && walksToTrial-- == 0) {
            trial = new WayTrial();
        }
        if (trial == null) {
            byRing = ringChosen;
        } else {
            byRing = trial.isByRing();
            sends = 0;
            fromNanos = cpuNanos.getAsLong();
        }
    }

    /** Returns whether the next send is by {@code ring}, and counts it. */
    boolean sendsByRing() {
        sends++;
        return byRing;
    }

    /** Tells that the walk is over: all that was gathered is sent. */
    public void end() {
        byRing = false;
        if (fromNanos != NOT_MEASURED && trial != null && sends > 0) {
            trial.took(cpuNanos.getAsLong() - fromNanos, sends);
            if (trial.isOver()) {
                choose(trial);
                trial = null;
                walksToTrial = sizes.toNextTrial();
            }
        }
        fromNanos = NOT_MEASURED;
    }

    private void choose(WayTrial over) {
        boolean ring = over.ringIsBetter(ringChosen);
        if (!everTold || ring != ringChosen) {
            everTold = true;
            told.made(ring, over.ringToFd());
        }
        ringChosen = ring;
    }
}
