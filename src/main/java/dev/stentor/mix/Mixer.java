package dev.stentor.mix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sums sources into frames of 20 ms: gains and fades, ducking, a limiter that looks 5 ms ahead, dither where something was altered.
 *
 * <p>What comes out is {@link #DELAY_SAMPLES} samples behind what went in. A single source of 16-bit samples at a gain of 1 comes out bit
 * for bit, under a ceiling of full scale; any other mix is kept under {@link #CEILING_DBTP} of true peak, by the meter of BS.1770. A finer
 * meter agrees up to 11.4 kHz; above, full-scale noise was seen 0.6 dB over it. Frames that were rendered can be rendered again, with
 * other gains, as far back as the history goes. Equal seeds, sources and orders give equal bytes, on any machine.
 *
 * <p>Confined to the clock's thread, but for {@link #sources} and {@link #levels}. {@link #mix} allocates nothing, unless it takes out
 * a source that is over.
 */
public final class Mixer {

    /** Samples of one frame: 20 ms at 24 kHz. */
    public static final int FRAME_SAMPLES = 480;

    /** The name of the source that speech comes from. */
    public static final String SPEECH = "speech";

    /** By how much the mix is late: the limiter looks ahead. */
    public static final int DELAY_SAMPLES = Limiter.DELAY;

    /** Mixes stay under it, between samples too, in dB; see the class on noise at the edge of the band. */
    public static final double CEILING_DBTP = -1;

    /** A little lower, since a look at quarters of a sample misses some of a peak, and the meter of BS.1770 adds some in the treble. */
    private static final float CEILING = (float) Decibels.toFactor(CEILING_DBTP - 0.6);

    private int historyFrames;
    private final float[] bus = new float[FRAME_SAMPLES];
    private final Limiter limiter = new Limiter();
    private final Dither dither;
    private final Ducker ducker;
    private final LevelMeter meter = new LevelMeter();
    private volatile Strip[] strips = {};
    private long frame;
    private long firstFrame;
    /** Nothing older is known, since it was before more was to be remembered. */
    private long knownFrame;

    private boolean ditheredBefore;
    private int tailFrames;
    private long limitedFrames;
    /** Of sources that are forgotten. */
    private MixTotals gone = MixTotals.NONE;

    /**
     * A source as it stands.
     *
     * @param faultySamples that were no numbers, and became 0, or were cut down to a size
     * @param ducked whether it makes way for speech just now
     * @param leaving whether it fades out for good
     */
    public record SourceState(
            String name,
            SourceSettings settings,
            Levels levels,
            Input.Counters counters,
            long faultySamples,
            boolean ducked,
            boolean leaving) {}

    /**
     * Without sources.
     *
     * @param historyFrames how many frames can be rendered again
     * @param seed of the dither
     */
    public Mixer(int historyFrames, long seed) {
        this.historyFrames = historyFrames + 2; // one to fill the limiter with, and the one that is being made
        this.dither = new Dither(seed);
        this.ducker = new Ducker(this.historyFrames);
    }

    /** Puts a source in; one of the same name fades out meanwhile. It fades in from the next frame on. */
    public void put(String name, Input input, SourceSettings settings) {
        for (Strip strip : strips) {
            if (strip.name.equals(name) && !strip.isLeaving()) {
                strip.change(new SourceSettings(
                        strip.settings().gainDb(),
                        settings.fadeMillis(),
                        strip.settings().ducks()));
                strip.leave();
            }
        }
        add(new Strip(name, input, settings, historyFrames, frame));
    }

    /**
     * Puts the speech in: it is there at once, stays, and is not remembered, so that frames which are rendered again are without it, or with
     * another. Whoever gives it sees to it that it begins and ends without a click.
     */
    public void putSpeech(Input input) {
        add(Strip.ofSpeech(SPEECH, input, historyFrames, frame));
    }

    /** Changes a source; says whether there is one of that name. */
    public boolean change(String name, SourceSettings settings) {
        Optional<Strip> strip = find(name);
        strip.ifPresent(known -> known.change(settings));
        return strip.isPresent();
    }

    /** Fades a source out and takes it away; says whether there was one of that name. */
    public boolean remove(String name) {
        Optional<Strip> strip = find(name);
        strip.ifPresent(Strip::leave);
        return strip.isPresent();
    }

    /** Sets a gain on top of that of the settings, in dB; it goes there within the next frame. */
    public void trim(String name, double decibels) {
        find(name).ifPresent(strip -> strip.trim(decibels));
    }

    /** How sources make way from now on. */
    public void duck(DuckSettings settings) {
        ducker.change(settings);
    }

    /** How sources make way. */
    public DuckSettings duckSettings() {
        return ducker.settings();
    }

    /** Whether speech may begin: nothing that makes way is still louder than it will be. */
    public boolean isClear() {
        if (ducker.isDown()) {
            return true;
        }
        for (Strip strip : strips) {
            if (strip.settings().ducks() && !strip.isOver(frame)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a source of that name is there and not over. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** Whether the limiter still holds some sound. */
    public boolean hasTail() {
        return tailFrames > 0;
    }

    /** Whether a source is not over, speech left out. */
    public boolean isSounding() {
        for (Strip strip : strips) {
            if (!strip.isOver(frame) && strip.remembers()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Renders the next frame.
     *
     * @param speech whether speech sounds in it, or is on its way: what makes way for it, does
     * @param to gets 960 bytes from its position on, little-endian
     */
    public void mix(boolean speech, ByteBuffer to) {
        boolean dithered = render(speech);
        write(to, dithered);
        ditheredBefore = dithered;
    }

    /** Keeps so many frames to be rendered again, if that is more than it does. What it knows stays. */
    public void remember(int frames) {
        if (frames + 2 <= historyFrames) {
            return;
        }
        knownFrame = Math.max(knownFrame, frame - (historyFrames - 2));
        historyFrames = frames + 2;
        for (Strip strip : strips) {
            strip.remember(historyFrames, frame);
        }
        ducker.remember(historyFrames, frame);
    }

    /**
     * Goes back so that the last frames can be rendered again: the inputs give what they gave, gains begin as they were then and go
     * where they are to go now.
     *
     * @return how many frames back: as asked, or as far as is known
     */
    public int rewind(int frames) {
        int back = (int) Math.clamp(frames, 0, Math.min(historyFrames - 2, frame - Math.max(firstFrame, knownFrame)));
        if (back == 0) {
            return 0;
        }
        limiter.reset();
        boolean primed = frame - back > firstFrame;
        frame -= back + (primed ? 1 : 0);
        ducker.rewind(frame);
        for (Strip strip : strips) {
            strip.rewind(frame, ducker.factor());
        }
        if (primed) {
            ditheredBefore = render(false); // what the limiter held then; nobody hears it
        }
        return back;
    }

    /** Begins anew: silence comes before the next frame. */
    public void restart() {
        fallSilent();
        limiter.reset();
        firstFrame = frame;
        tailFrames = 0;
        ditheredBefore = false;
    }

    /** No frame follows for now: nothing is loud any more. */
    public void fallSilent() {
        for (Strip strip : strips) {
            strip.fallSilent();
        }
        meter.forget();
    }

    /** Takes everything out at once. */
    public void close() {
        for (Strip strip : strips) {
            strip.input.close();
        }
        strips = new Strip[0];
    }

    /** All sources that are not over, as they stand. From any thread. */
    public List<SourceState> sources() {
        var states = new ArrayList<SourceState>();
        for (Strip strip : strips) {
            states.add(new SourceState(
                    strip.name,
                    strip.settings(),
                    strip.levels(),
                    strip.input.counters(),
                    strip.faultySamples(),
                    strip.isDucked(),
                    strip.isLeaving()));
        }
        return states;
    }

    /** What befell it and its sources so far. */
    public MixTotals tally() {
        MixTotals all = gone.plus(new MixTotals(0, 0, 0, limitedFrames));
        for (Strip strip : strips) {
            all = all.plus(strip.tally());
        }
        return all;
    }

    /** How loud the whole is. From any thread. */
    public Levels levels() {
        return meter.levels();
    }

    /** Fills the bus, through the limiter; says whether it is to be dithered. */
    private boolean render(boolean speech) {
        Arrays.fill(bus, 0);
        ducker.keep(frame);
        ducker.advance(speech);
        boolean transparent = true;
        int exact = 0;
        boolean over = false;
        for (Strip strip : strips) {
            Input.Given given = strip.mix(frame, bus, ducker.factor());
            transparent &= strip.isTransparent();
            exact += given == Input.Given.EXACT ? 1 : 0;
            over |= strip.isForgotten(frame);
        }
        if (over) {
            forget();
        }
        frame++;
        boolean silent = transparent && exact == 0;
        transparent &= exact <= 1;
        tailFrames = silent ? Math.max(0, tailFrames - 1) : 1;
        limiter.process(bus, transparent ? 1 : CEILING, !transparent);
        limitedFrames += limiter.isIdle() ? 0 : 1;
        return !(silent || (transparent && limiter.isIdle()));
    }

    private void write(ByteBuffer to, boolean dithered) {
        if (dithered || ditheredBefore) {
            dither.begin();
        }
        meter.measured(frame - 1, bus);
        int at = to.position();
        ByteOrder order = to.order();
        to.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            float sample = bus[i];
            float noise = (i < DELAY_SAMPLES ? ditheredBefore : dithered) ? dither.next() : 0;
            int rounded = (int) Math.floor(sample * 32_768 + noise + 0.5f);
            int whole = Math.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE);
            to.putShort(at + 2 * i, (short) whole);
        }
        to.order(order);
        to.position(at + 2 * FRAME_SAMPLES);
    }

    private void add(Strip strip) {
        Strip[] more = Arrays.copyOf(strips, strips.length + 1);
        more[strips.length] = strip;
        strips = more;
    }

    private Optional<Strip> find(String name) {
        for (Strip strip : strips) {
            if (strip.name.equals(name) && !strip.isLeaving() && !strip.isOver(frame)) {
                return Optional.of(strip);
            }
        }
        return Optional.empty();
    }

    private void forget() {
        var kept = new ArrayList<Strip>();
        for (Strip strip : strips) {
            if (strip.isForgotten(frame)) {
                gone = gone.plus(strip.tally());
                strip.input.close();
            } else {
                kept.add(strip);
            }
        }
        strips = kept.toArray(Strip[]::new);
    }
}
