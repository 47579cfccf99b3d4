package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import java.util.function.Function;

/**
 * Tells listeners of each frame and of the utterance in it, always in this order: start, captions, words, marks, sound, end. Keeps what must
 * change with it: the timeline, the queue and the unheard frames. Confined to the clock's thread.
 */
final class Announcer {

    private static final int GENERATIONS = 1 << 16;

    private final UtteranceQueue queue;
    private final Timeline timeline;
    private final UnheardFrames unheard;
    private final StartGate gate;
    private final ChannelOutput output;
    private final ChannelStats stats;
    private int generation;

    Announcer(
            UtteranceQueue queue,
            Timeline timeline,
            UnheardFrames unheard,
            StartGate gate,
            ChannelOutput output,
            ChannelStats stats,
            int generation) {
        this.queue = queue;
        this.timeline = timeline;
        this.unheard = unheard;
        this.gate = gate;
        this.output = output;
        this.stats = stats;
        this.generation = generation;
    }

    /** Returns the generation of what is released now. */
    int generation() {
        return generation;
    }

    /** Begins the next generation: what was sent of the one before is not to be heard. */
    void beginGeneration() {
        generation = (generation + 1) % GENERATIONS;
    }

    /**
     * Makes the next sample due now.
     *
     * @param late whether it should have been due before, in the midst of sound
     */
    void anchor(long nowMicros, boolean late) {
        if (late && timeline.isAnchored()) {
            stats.stalled();
        }
        timeline.anchor(nowMicros);
        tellTimeline();
    }

    /** Tells when the next sample is due. */
    void tellTimeline() {
        output.on(new TimelineMoved(timeline.pos(), timeline.playMicros()));
    }

    /**
     * Releases the next frame of an utterance.
     *
     * @param at the position of its first sample of speech
     * @param sound makes the sound that is released with it
     */
    void release(ActiveUtterance utterance, long at, Function<FrameCutter.Frame, Audio> sound) {
        if (!utterance.isPlaying()) {
            output.on(utterance.start(generation, at));
        }
        FrameCutter.Frame frame = utterance.frames.next();
        utterance.released.captionsOf(frame, at).forEach(output::on);
        utterance.released.wordsOf(frame, at).forEach(output::on);
        utterance.released.marksOf(frame, at).forEach(output::on);
        release(sound.apply(frame));
        utterance.released.add(frame.samples(), at);
        unheard.add(utterance, frame, at + SpeechTime.FRAME_SAMPLES);
        if (frame.last()) {
            end(utterance);
        }
    }

    /** Releases a frame in which nobody speaks, or the sound of one in which somebody does. */
    void release(Audio sound) {
        output.on(sound);
        timeline.advance(SpeechTime.FRAME_SAMPLES);
    }

    /** Ends an utterance after its last frame. */
    void end(ActiveUtterance utterance) {
        gate.learn(utterance.intake.arrivals());
        queue.remove(utterance);
        utterance.lastMarks().forEach(output::on);
        output.on(utterance.finish(timeline.pos()));
    }
}
