package dev.stentor.load;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the gateway takes new work. It is overloaded once half of the samples of two seconds were past a bound, and no
 * longer once none was for three seconds. So one long pause of the collector does not count, and the answer does not flutter. {@link
 * #observe} is confined to the clock's thread; the rest may be called from any.
 */
public final class Overload {

    /** Time between two samples. */
    static final Duration INTERVAL = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(Overload.class);
    private static final int WINDOW = 10;
    private static final int STRAINED = WINDOW / 2;
    private static final int CALM = 15;

    private final OverloadSettings settings;
    private final LoadStats stats;
    /** The latest samples, one bit each, the newest lowest; 1 is past a bound. */
    private int window;

    private int calm;
    private volatile boolean overloaded;

    /** Creates the rule; no load was seen yet. */
    public Overload(OverloadSettings settings, LoadStats stats) {
        this.settings = settings;
        this.stats = stats;
    }

    /** Tells whether new work is refused now. */
    public boolean isOverloaded() {
        return overloaded;
    }

    /** Tells whether this piece of new work is to be refused, and counts it if so. */
    public boolean refuses(RefusedWork work) {
        boolean refused = overloaded;
        if (refused) {
            stats.refused(work);
        }
        return refused;
    }

    /**
     * Takes a sample.
     *
     * @param lateness of the clock or of an event loop, whichever is later
     * @param memoryPercent share of the direct memory that is taken
     */
    void observe(Duration lateness, int memoryPercent) {
        boolean late = !settings.lateness().isZero() && lateness.compareTo(settings.lateness()) > 0;
        boolean full = settings.memoryPercent() > 0 && memoryPercent > settings.memoryPercent();
        boolean strained = late || full;
        window = (window << 1 | (strained ? 1 : 0)) & ((1 << WINDOW) - 1);
        calm = strained ? 0 : calm + 1;
        if (!overloaded && Integer.bitCount(window) >= STRAINED) {
            overloaded = true;
            LOG.atWarn()
                    .addKeyValue("latenessMillis", lateness.toMillis())
                    .addKeyValue("memoryPercent", memoryPercent)
                    .log("Overloaded: new work is refused");
        } else if (overloaded && calm >= CALM) {
            overloaded = false;
            LOG.info("No longer overloaded: new work is taken");
        }
    }
}
