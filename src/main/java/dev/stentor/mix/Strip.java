package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A channel strip of the mixer, for one source: its input, its gain, its meter, and its latest frames, so that these can be
 * rendered again. Confined to the clock's thread, but for methods that say otherwise.
 */
final class Strip {

    /** Largest size of a sample, about 12 dB over full scale: louder samples are errors. */
    private static final float MAX = 4;

    /** A linear ramp, for changes over several frames: between two frames only the slope changes. */
    private static final float[] RAMP = ramp(share -> share);

    /**
     * A smooth ramp, for a change within one frame: the integral of a Hann window. It begins and ends without a corner; the side
     * bands that it adds to a tone fall by 18 dB an octave.
     */
    private static final float[] STEP = ramp(share -> share - StrictMath.sin(2 * Math.PI * share) / (2 * Math.PI));

    final String name;
    final Input input;
    private float[][] history;
    private Input.Given[] given;
    private final Fader fader;
    private final LevelMeter meter = new LevelMeter();
    /** The latest frame behind all gains. */
    private final float[] sound = new float[SpeechTime.FRAME_SAMPLES];

    private volatile SourceSettings settings;
    private volatile long faulty;
    private volatile boolean ducked;
    private final long bornFrame;
    /** The next frame that will be read from the input; earlier ones are history. */
    private long freshFrame;

    private boolean inputEnded;
    private boolean remembers = true;
    private long outFrame = Long.MAX_VALUE;
    private double trim = 1;
    private float gain;
    /** Gain beside that of the fader, in the frame before; NaN at a beginning. */
    private double otherGainBefore = Double.NaN;

    private boolean steady;

    Strip(String name, Input input, SourceSettings settings, int historyFrames, long frame) {
        this.name = name;
        this.input = input;
        this.settings = settings;
        this.history = new float[historyFrames][SpeechTime.FRAME_SAMPLES];
        this.given = new Input.Given[historyFrames];
        this.fader = new Fader(historyFrames, settings);
        this.bornFrame = frame;
        this.freshFrame = frame;
    }

    /** Creates the strip of the speech, which is there at once and has no history. */
    static Strip ofSpeech(String name, Input input, int historyFrames, long frame) {
        var strip = new Strip(name, input, SourceSettings.UNITY, historyFrames, frame);
        strip.remembers = false;
        strip.fader.appear();
        strip.gain = 1;
        return strip;
    }

    /** Tells whether it gives the same samples again in frames that are rendered again. */
    boolean remembers() {
        return remembers;
    }

    /** Returns the settings. From any thread. */
    SourceSettings settings() {
        return settings;
    }

    /** Returns the levels now. From any thread. */
    Levels levels() {
        return meter.levels();
    }

    /** Resets the meter to silence. */
    void fallSilent() {
        meter.forget();
    }

    /** Returns how many samples were no numbers, or too large for any sound. From any thread. */
    long faultySamples() {
        return faulty;
    }

    /** Tells whether it made way for speech in the latest frame. From any thread. */
    boolean isDucked() {
        return ducked;
    }

    /** Returns the totals of this source so far. */
    MixTotals totals() {
        Input.Counters counters = input.counters();
        return new MixTotals(counters.shortages(), counters.skippedSamples(), faulty, 0);
    }

    void change(SourceSettings newSettings) {
        settings = newSettings;
        fader.change(newSettings);
    }

    /** Fades out for good. */
    void leave() {
        fader.present(false);
    }

    boolean isLeaving() {
        return !fader.isPresent();
    }

    /** Sets a gain in dB that is added to that of the settings; it takes effect within a frame. */
    void trim(double decibels) {
        trim = Decibels.toFactor(decibels);
    }

    /** Tells whether it is over, and lies too far back to be rendered again. */
    boolean isForgotten(long frame) {
        return frame - outFrame > history.length;
    }

    /** Returns how many samples of it come before that frame. */
    long age(long frame) {
        return Math.max(0, frame - bornFrame) * SpeechTime.FRAME_SAMPLES;
    }

    /** Tells whether it is silent for good from that frame on. */
    boolean isOver(long frame) {
        return frame >= outFrame;
    }

    /** Tells whether the latest frame was that of the input, bit for bit, or silence. */
    boolean isTransparent() {
        return steady;
    }

    /** Makes the history so many frames long, more than before; {@code next} is the frame that will be mixed next. */
    void remember(int frames, long next) {
        float[][] more = new float[frames][SpeechTime.FRAME_SAMPLES];
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

    /** Goes back to the state before that frame; {@code duck} is the gain of the ducking at that time. */
    void rewind(long frame, double duck) {
        if (!remembers) {
            freshFrame = frame;
            return;
        }
        otherGainBefore = Double.NaN;
        long at = Math.max(frame, bornFrame);
        if (at < freshFrame) {
            fader.rewind(at);
            gain = (float) (fader.factor() * otherGain(duck));
        }
        if (outFrame > frame) {
            outFrame = Long.MAX_VALUE;
        }
    }

    /**
     * Adds its samples of that frame to the bus.
     *
     * @param duck gain of the ducking
     * @return the kind of samples that its input gave
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
        double otherGain = otherGain(duck);
        boolean alone = otherGain == otherGainBefore || Double.isNaN(otherGainBefore);
        otherGainBefore = otherGain;
        gain = (float) (fader.factor() * otherGain);
        add(history[slot], bus, from, gain, fader.isStep() && alone ? STEP : RAMP, fader.rampSamples());
        meter.measured(frame, sound);
        steady = given[slot] == Input.Given.SILENCE || (given[slot] == Input.Given.EXACT && from == 1 && gain == 1);
        if (fader.isOut() || (given[slot] == Input.Given.END && frame + 1 == freshFrame)) {
            outFrame = frame + 1;
        }
        return given[slot];
    }

    /** Returns the gain beside that of the fader, as a factor. */
    private double otherGain(double duck) {
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
        if (Peak.of(frame) <= MAX) {
            return;
        }
        long found = faulty;
        for (int i = 0; i < frame.length; i++) {
            float sample = frame[i];
            if (!(Math.abs(sample) <= MAX)) {
                frame[i] = Float.isNaN(sample) ? 0 : Math.copySign(MAX, sample);
                found++;
            }
        }
        faulty = found;
    }

    private void add(float[] samples, float[] bus, float from, float to, float[] ramp, int rampSamples) {
        if (from == to) {
            for (int i = 0; i < SpeechTime.FRAME_SAMPLES; i++) {
                float sample = samples[i] * to;
                sound[i] = sample;
                bus[i] += sample;
            }
            return;
        }
        float rise = to - from;
        float pace = (float) SpeechTime.FRAME_SAMPLES / rampSamples;
        for (int i = 0; i < SpeechTime.FRAME_SAMPLES; i++) {
            float share = Math.min(1, ramp[i] * pace);
            float sample = samples[i] * (share == 1 ? to : from + rise * share);
            sound[i] = sample;
            bus[i] += sample;
        }
    }

    private static float[] ramp(DoubleUnaryOperator shape) {
        float[] ramp = new float[SpeechTime.FRAME_SAMPLES];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (float) shape.applyAsDouble((i + 1.0) / ramp.length);
        }
        return ramp;
    }
}
