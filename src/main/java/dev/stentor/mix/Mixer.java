package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A mixer that sums sources into frames of 20 ms: gains and fades, ducking, a limiter that looks 5 ms ahead, dither where samples
 * were altered.
 *
 * <p>The output is {@link #DELAY_SAMPLES} samples behind the input. A single source of 16-bit samples at a gain of 1 is passed on
 * bit for bit, under a ceiling of full scale; any other mix is kept under {@link #CEILING_DBTP} of true peak, by the meter of
 * BS.1770. A finer meter agrees up to 11.4 kHz; above, it saw full-scale noise 0.6 dB over the ceiling. The latest frames can be
 * rendered again, with other gains, as far back as the history goes. Equal seeds, sources and orders of calls give equal bytes,
 * on any machine.
 *
 * <p>Confined to the clock's thread, but for {@link #sources} and {@link #levels}. {@link #mix} allocates nothing, unless it
 * removes a source that is over. See ADR 29 and 30.
 */
public final class Mixer {

    /** Name of the source that gives the speech. */
    public static final String SPEECH = "speech";

    /** Delay of the mix, in samples, because the limiter looks ahead. */
    public static final int DELAY_SAMPLES = Limiter.DELAY;

    /** Ceiling of mixes, between samples too, in dB of true peak; see the class on noise at the edge of the band. */
    static final double CEILING_DBTP = -1;

    /**
     * Ceiling of the limiter: a little lower, since quarters of a sample miss some of a peak, and BS.1770's meter adds some in
     * the treble.
     */
    private static final float CEILING = (float) Decibels.toFactor(CEILING_DBTP - 0.6);

    private int historyFrames;
    private final float[] bus = new float[SpeechTime.FRAME_SAMPLES];
    private final Limiter limiter = new Limiter();
    private final Dither dither;
    private final Ducker ducker;
    private final LevelMeter meter = new LevelMeter();
    private volatile Strip[] strips = {};
    private long frame;
    private long firstFrame;
    /** Oldest frame that is known since the history was made longer. */
    private long knownFrame;

    private boolean ditheredBefore;
    private int tailFrames;
    private long limitedFrames;
    /** Totals of the sources that were removed. */
    private MixTotals gone = MixTotals.NONE;

    /**
     * The state of a source at one moment.
     *
     * @param faultySamples number of samples that were no numbers, and became 0, or were too large, and were reduced
     * @param ducked whether it makes way for speech now
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
     * Creates a mixer without sources.
     *
     * @param historyFrames number of frames that can be rendered again
     * @param seed seed of the dither
     */
    public Mixer(int historyFrames, long seed) {
        this.historyFrames = historyFrames + 2; // one that fills the limiter, and the one that is being rendered
        this.dither = new Dither(seed);
        this.ducker = new Ducker(this.historyFrames);
    }

    /** Puts a source in, which fades in from the next frame on. A source of the same name fades out meanwhile. */
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
     * Puts the speech in: it is there at once, and stays. It has no history: frames that are rendered again are without the
     * earlier speech, and may have new speech. The caller makes sure that speech begins and ends without a click.
     */
    public void putSpeech(Input input) {
        add(Strip.ofSpeech(SPEECH, input, historyFrames, frame));
    }

    /** Changes how a source is mixed in; tells whether there is one of that name. */
    public boolean change(String name, SourceSettings settings) {
        Optional<Strip> strip = find(name);
        strip.ifPresent(known -> known.change(settings));
        return strip.isPresent();
    }

    /** Fades a source out and removes it; tells whether there was one of that name. */
    public boolean remove(String name) {
        Optional<Strip> strip = find(name);
        strip.ifPresent(Strip::leave);
        return strip.isPresent();
    }

    /** Sets a gain in dB that is added to that of the settings; it takes effect within the next frame. */
    public void trim(String name, double decibels) {
        find(name).ifPresent(strip -> strip.trim(decibels));
    }

    /** Changes how sources make way from now on. */
    public void duck(DuckSettings settings) {
        ducker.change(settings);
    }

    /** Tells whether speech may begin: all sources that make way for it are down. */
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

    /** Tells whether there is a source of that name that is not over. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** Returns how many samples of a source were mixed since it was put in; -1 if there is none of that name. */
    public long mixed(String name) {
        return find(name).map(strip -> strip.age(frame)).orElse(-1L);
    }

    /** Tells whether the limiter still holds some sound. */
    public boolean hasTail() {
        return tailFrames > 0;
    }

    /** Tells whether a source other than the speech is not over. */
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
     * @param speech whether speech sounds in it, or is on its way; sources make way for it then
     * @param to gets {@link SpeechTime#FRAME_BYTES} bytes from its position on, little-endian
     */
    public void mix(boolean speech, ByteBuffer to) {
        boolean dithered = render(speech);
        write(to, dithered);
        ditheredBefore = dithered;
    }

    /** Makes the history so many frames long, if it is shorter. Keeps all frames that are known. */
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
     * Goes back so that the latest frames can be rendered again: the inputs give the same samples again; gains begin as they were
     * then, and move to their present targets.
     *
     * @return number of frames that it went back: as many as asked, or as many as are known
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
            ditheredBefore = render(false); // fills the limiter; nobody hears this frame
        }
        return back;
    }

    /** Starts again: silence comes before the next frame. */
    public void restart() {
        fallSilent();
        limiter.reset();
        firstFrame = frame;
        tailFrames = 0;
        ditheredBefore = false;
    }

    /** Resets all meters to silence, since no frame follows for now. */
    public void fallSilent() {
        for (Strip strip : strips) {
            strip.fallSilent();
        }
        meter.forget();
    }

    /** Removes all sources at once, and closes their inputs. */
    public void close() {
        for (Strip strip : strips) {
            strip.input.close();
        }
        strips = new Strip[0];
    }

    /** Returns the state of all sources that were not removed. From any thread. */
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

    /** Returns the totals so far: shortages, skipped and faulty samples, limited frames. */
    public MixTotals totals() {
        MixTotals all = gone.plus(new MixTotals(0, 0, 0, limitedFrames));
        for (Strip strip : strips) {
            all = all.plus(strip.totals());
        }
        return all;
    }

    /** Returns how loud the mix is. From any thread. */
    public Levels levels() {
        return meter.levels();
    }

    /** Renders a frame into the bus, through the limiter; tells whether it needs dither. */
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
        for (int i = 0; i < SpeechTime.FRAME_SAMPLES; i++) {
            float sample = bus[i];
            float noise = (i < DELAY_SAMPLES ? ditheredBefore : dithered) ? dither.next() : 0;
            int rounded = (int) Math.floor(sample * 32_768 + noise + 0.5f);
            int whole = Math.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE);
            to.putShort(at + 2 * i, (short) whole);
        }
        to.order(order);
        to.position(at + 2 * SpeechTime.FRAME_SAMPLES);
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
                gone = gone.plus(strip.totals());
                strip.input.close();
            } else {
                kept.add(strip);
            }
        }
        strips = kept.toArray(Strip[]::new);
    }
}
