package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.mix.Mixer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Releases the frames of a mix, at speaking pace and a little ahead of it: as long as anything sounds, whether somebody speaks or
 * not. Confined to the clock's thread.
 */
final class MixedPlayback {

    /** After a hole speech goes on once so much of it is there. */
    private static final int RESUME_SAMPLES = 60 * 24;

    private final UtteranceQueue queue;
    private final Timeline timeline;
    private final UnheardFrames onAir;
    private final StartGate gate;
    private final Stage stage;
    private final ChannelOutput output;
    private final ChannelStats stats;
    private final Consumer<ActiveUtterance> finish;
    /** Whether the latest frame had speech in it. */
    private boolean flows;
    /** Whether the latest frame was in the midst of sound. */
    private boolean goesOn;

    private boolean held;
    private long spokenUntil;
    /** What was taken back lies before it: it is late, and goes out at once. */
    private long takenBackUntil;
    /** Where the mix began, after nothing had sounded. */
    private long beganPos;
    /** What is due earlier, or may still be drained, is over for speech. */
    private long speechFromMicros = Long.MIN_VALUE;

    MixedPlayback(
            UtteranceQueue queue,
            Timeline timeline,
            UnheardFrames onAir,
            StartGate gate,
            Stage stage,
            ChannelOutput output,
            ChannelStats stats,
            Consumer<ActiveUtterance> finish) {
        this.queue = queue;
        this.timeline = timeline;
        this.onAir = onAir;
        this.gate = gate;
        this.stage = stage;
        this.output = output;
        this.stats = stats;
        this.finish = finish;
    }

    /** Releases one frame, or ends one utterance, if that is to be done now. */
    boolean step(long nowMicros, int generation) {
        ActiveUtterance turn = queue.isEmpty() || held ? null : queue.head();
        if (turn != null && turn.frames.isExhausted()) {
            finish.accept(turn);
            return true;
        }
        ActiveUtterance speaker = turn != null && isTimeForSpeech(nowMicros) && maySpeak(turn) ? turn : null;
        if (speaker == null && !stage.sounds()) {
            takenBackUntil = 0; // the rest of it was silence
            stage.fallSilent();
            return false;
        }
        if (speaker == null && mayWaitFor(turn, nowMicros)) {
            return false;
        }
        if (timeline.pos() >= takenBackUntil && timeline.isOverdue(nowMicros)) {
            if (timeline.isAnchored() && goesOn) {
                stats.stalled();
            }
            if (!goesOn) {
                beganPos = timeline.pos();
            }
            timeline.anchor(nowMicros);
            output.on(new TimelineMoved(timeline.pos(), timeline.playMicros()));
        }
        if (!timeline.isReleasable(nowMicros)) {
            return false;
        }
        release(speaker, generation);
        return true;
    }

    /** The speech stands still; all else goes on. */
    void hold() {
        held = true;
    }

    /** The speech goes on. */
    void goOn() {
        held = false;
    }

    boolean isHeld() {
        return held;
    }

    /** Whether speech is heard now. */
    boolean isHeard(long nowMicros) {
        return timeline.heardAt(nowMicros) < spokenUntil;
    }

    /**
     * Takes back what was released: all but the speech will be released again, from somewhat before what is heard now.
     *
     * @param drainMillis for how long what was released may still be heard: speech goes on behind it
     * @return the position at which what comes next was released before; empty if nothing else sounds
     */
    OptionalLong goBack(long nowMicros, int drainMillis) {
        flows = false;
        held = false;
        spokenUntil = 0;
        if (!stage.soundsBeside() || timeline.isOverdue(nowMicros)) {
            return OptionalLong.empty();
        }
        long ahead = timeline.pos() - timeline.heardAt(nowMicros);
        long frames = Math.ceilDiv(ahead, ChannelEvent.FRAME_SAMPLES) + Stage.MARGIN_FRAMES;
        long all = (timeline.pos() - beganPos) / ChannelEvent.FRAME_SAMPLES;
        long from = timeline.pos() - (long) stage.rewind((int) Math.min(frames, all)) * ChannelEvent.FRAME_SAMPLES;
        speechFromMicros = Math.min(timeline.playMicros(), nowMicros + drainMillis * 1_000L);
        timeline.goBackTo(from);
        takenBackUntil = 2 * timeline.pos() - from;
        beganPos += timeline.pos() - from;
        return OptionalLong.of(from);
    }

    /** Whether speech in the next frame can be heard: what is rendered again may be heard already. */
    private boolean isTimeForSpeech(long nowMicros) {
        return timeline.playMicros() >= speechFromMicros || nowMicros > speechFromMicros;
    }

    /** Whether speech that breaks off just now may still come in time: half of the lead is there to wait for it. */
    private boolean mayWaitFor(@Nullable ActiveUtterance turn, long nowMicros) {
        return turn != null && turn.isPlaying() && flows && timeline.isHalfAhead(nowMicros);
    }

    private boolean maySpeak(ActiveUtterance turn) {
        if (!turn.frames.hasFrame()) {
            return false;
        }
        if (turn.isPlaying()) {
            return flows || turn.intake.isOver() || turn.frames.bufferedSamples() >= RESUME_SAMPLES;
        }
        return (flows || turn.mayStart(gate)) && stage.isReadyFor(turn);
    }

    private void release(@Nullable ActiveUtterance speaker, int generation) {
        FrameCutter.Frame speech = speaker == null ? null : speech(speaker, generation);
        boolean awaited = speech != null || (!queue.isEmpty() && !held);
        var sound = stage.render(awaited);
        boolean ends = queue.isEmpty() && !stage.sounds(); // after the last of speech the limiter still holds some
        boolean begins = speech != null && speech.first();
        output.on(Audio.mixed(generation, timeline.pos(), timeline.playMicros(), begins, ends, sound));
        long at = timeline.pos() + Mixer.DELAY_SAMPLES;
        timeline.advance(ChannelEvent.FRAME_SAMPLES);
        flows = speech != null;
        if (speaker != null && speech != null) {
            speaker.released.add(speech.samples(), at);
            spokenUntil = at + speech.samples();
            onAir.add(speaker, speech, at + ChannelEvent.FRAME_SAMPLES);
            if (speech.last()) {
                finish.accept(speaker);
            }
        }
        goesOn = stage.sounds();
        if (ends) {
            stage.fallSilent();
        }
    }

    private FrameCutter.Frame speech(ActiveUtterance turn, int generation) {
        long at = timeline.pos() + Mixer.DELAY_SAMPLES;
        boolean resumes = turn.isPlaying() && !flows;
        if (!turn.isPlaying()) {
            output.on(turn.start(generation, at));
            stage.begin(turn.request());
        }
        FrameCutter.Frame frame = turn.frames.next();
        turn.released.captionsOf(frame, at).forEach(output::on);
        turn.released.marksOf(frame, at).forEach(output::on);
        stage.speak(frame, resumes);
        return frame;
    }
}
