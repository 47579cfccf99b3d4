package dev.stentor.mix;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * One source on the mixer: its input, its gain, its meter, and the last of what it gave, so that frames can be rendered again.
 * Confined to the clock's thread, but for what is said to be for any.
 */
final class Strip {

    /** Louder is no sound: about 12 dB over full scale. */
    private static final float MOST = 4;

    /** Even: what goes on over several frames has no corners between them but the change of its pace. */
    private static final float[] RAMP = ramp(share -> share);

    /**
     * For a change that lies within one frame: it begins and ends without a corner, and what that adds beside a tone falls by 18 dB an
     * octave. The integral of a Hann window.
     */
    private static final float[] STEP = ramp(share -> share - StrictMath.sin(2 * Math.PI * share) / (2 * Math.PI));

    final String name;
    final Input input;
    private float[][] history;
    private Input.Given[] given;
    private final Fader fader;
    private final LevelMeter meter = new LevelMeter();
    /** What the latest frame was behind all gains. */
    private final float[] sound = new float[Mixer.FRAME_SAMPLES];

    private volatile SourceSettings settings;
    private volatile long faulty;
    private volatile boolean ducked;
    private final long bornFrame;
    /** The next frame that the input is asked for; behind it is history. */
    private long freshFrame;

    private boolean inputEnded;
    private boolean remembers = true;
    private long outFrame = Long.MAX_VALUE;
    private double trim = 1;
    private float gain;
    /** What the gain was made of beside the fader's, in the frame before; not a number at a beginning. */
    private double othersBefore = Double.NaN;

    private boolean steady;

    Strip(String name, Input input, SourceSettings settings, int historyFrames, long frame) {
        this.name = name;
        this.input = input;
        this.settings = settings;
        this.history = new float[historyFrames][Mixer.FRAME_SAMPLES];
        this.given = new Input.Given[historyFrames];
        this.fader = new Fader(historyFrames, settings);
        this.bornFrame = frame;
        this.freshFrame = frame;
    }

    /** One that is there at once, and forgets what it gave. */
    static Strip ofSpeech(String name, Input input, int historyFrames, long frame) {
        var strip = new Strip(name, input, SourceSettings.UNITY, historyFrames, frame);
        strip.remembers = false;
        strip.fader.appear();
        strip.gain = 1;
        return strip;
    }

    /** Whether it gives the same again in frames that are rendered again. */
    boolean remembers() {
        return remembers;
    }

    /** From any thread. */
    SourceSettings settings() {
        return settings;
    }

    /** From any thread. */
    Levels levels() {
        return meter.levels();
    }

    /** Nothing that was measured is heard any more. */
    void fallSilent() {
        meter.forget();
    }

    /** Samples that were no numbers, or too large for any sound. From any thread. */
    long faultySamples() {
        return faulty;
    }

    /** Whether it made way for speech in the latest frame. From any thread. */
    boolean isDucked() {
        return ducked;
    }

    /** What befell it so far. */
    MixTotals tally() {
        Input.Counters counters = input.counters();
        return new MixTotals(counters.shortages(), counters.skippedSamples(), faulty, 0);
    }

    void change(SourceSettings newSettings) {
        settings = newSettings;
        fader.change(newSettings);
    }

    void leave() {
        fader.present(false);
    }

    boolean isLeaving() {
        return !fader.isPresent();
    }

    /** A gain on top of the settings', which goes where it goes within a frame. */
    void trim(double decibels) {
        trim = Decibels.toFactor(decibels);
    }

    /** Whether it was heard to its end, and is not to be rendered again either. */
    boolean isForgotten(long frame) {
        return frame - outFrame > history.length;
    }

    /** Whether nothing will be heard of it from that frame on. */
    boolean isOver(long frame) {
        return frame >= outFrame;
    }

    /** Whether the latest frame was what the input gave, bit for bit, or silence. */
    boolean isTransparent() {
        return steady;
    }

    /** Keeps so many frames, more than before; {@code next} is the one that will be mixed next. */
    void remember(int frames, long next) {
        float[][] more = new float[frames][Mixer.FRAME_SAMPLES];
        Input.Given[] moreGiven = new Input.Given[frames];
        for (long frame = Math.max(bornFrame, freshFrame - history.length); frame < freshFrame; frame++) {
            int from = (int) (frame % history.length);
            int to = (int) (frame % frames);
            more[to] = history[from];
            moreGiven[to] = given[from];
        }
        history = more;
        given = moreGiven;
        fader.remember(frames, next);
    }

    /** Goes back to before that frame; {@code duck} is what sources that make way were multiplied by then. */
    void rewind(long frame, double duck) {
        if (!remembers) {
            freshFrame = frame;
            return;
        }
        othersBefore = Double.NaN;
        long at = Math.max(frame, bornFrame);
        if (at < freshFrame) {
            fader.rewind(at);
            gain = (float) (fader.factor() * others(duck));
        }
        if (outFrame > frame) {
            outFrame = Long.MAX_VALUE;
        }
    }

    /**
     * Adds its frame of that number.
     *
     * @param duck what sources that make way are multiplied by
     * @return what its input gave
     */
    Input.Given mix(long frame, float[] bus, double duck) {
        if (frame < bornFrame || isOver(frame)) {
            meter.silent(frame);
            ducked = false;
            steady = true;
            return isOver(frame) ? Input.Given.END : Input.Given.SILENCE;
        }
        int slot = (int) (frame % history.length);
        if (frame == freshFrame) {
            fetch(slot);
        }
        fader.keep(frame);
        fader.advance();
        float from = gain;
        ducked = settings.ducks() && duck < 1;
        double others = others(duck);
        boolean alone = others == othersBefore || Double.isNaN(othersBefore);
        othersBefore = others;
        gain = (float) (fader.factor() * others);
        add(history[slot], bus, from, gain, fader.isStep() && alone ? STEP : RAMP, fader.rampSamples());
        meter.measured(frame, sound);
        steady = given[slot] == Input.Given.SILENCE || (given[slot] == Input.Given.EXACT && from == 1 && gain == 1);
        if (fader.isOut() || (given[slot] == Input.Given.END && frame + 1 == freshFrame)) {
            outFrame = frame + 1;
        }
        return given[slot];
    }

    /** What its gain is made of beside the fader's. */
    private double others(double duck) {
        return trim * (settings.ducks() ? duck : 1);
    }

    private void fetch(int slot) {
        freshFrame++;
        float[] frame = history[slot];
        if (inputEnded) {
            Arrays.fill(frame, 0);
            given[slot] = Input.Given.END;
            return;
        }
        given[slot] = input.read(frame);
        inputEnded = given[slot] == Input.Given.END;
        if (given[slot] != Input.Given.EXACT) {
            clean(frame);
        }
    }

    private void clean(float[] frame) {
        if (Peak.of(frame) <= MOST) {
            return;
        }
        long found = faulty;
        for (int i = 0; i < frame.length; i++) {
            float sample = frame[i];
            if (!(Math.abs(sample) <= MOST)) {
                frame[i] = Float.isNaN(sample) ? 0 : Math.copySign(MOST, sample);
                found++;
            }
        }
        faulty = found;
    }

    private void add(float[] samples, float[] bus, float from, float to, float[] ramp, int rampSamples) {
        if (from == to) {
            for (int i = 0; i < Mixer.FRAME_SAMPLES; i++) {
                float sample = samples[i] * to;
                sound[i] = sample;
                bus[i] += sample;
            }
            return;
        }
        float rise = to - from;
        float pace = (float) Mixer.FRAME_SAMPLES / rampSamples;
        for (int i = 0; i < Mixer.FRAME_SAMPLES; i++) {
            float share = Math.min(1, ramp[i] * pace);
            float sample = samples[i] * (share == 1 ? to : from + rise * share);
            sound[i] = sample;
            bus[i] += sample;
        }
    }

    private static float[] ramp(DoubleUnaryOperator shape) {
        float[] ramp = new float[Mixer.FRAME_SAMPLES];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (float) shape.applyAsDouble((i + 1.0) / ramp.length);
        }
        return ramp;
    }
}
