package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.mix.Mixer;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Releases the frames of a mix, as long as anything sounds, whether somebody speaks or not. Confined to the clock's thread.
 * See ADR 28.
 */
final class MixedReleaser implements FrameReleaser {

    /** Samples that must be there before speech goes on after a gap. */
    private static final long RESUME_SAMPLES = SpeechTime.samples(60);

    private final UtteranceQueue queue;
    private final Timeline timeline;
    private final StartGate gate;
    private final Stage stage;
    private final Announcer announcer;
    /** True if the latest frame had speech in it. */
    private boolean flows;
    /** True if more sound follows the latest frame. */
    private boolean goesOn;
    /** True if speech goes on after a gap with the frame that is mixed now. */
    private boolean resumes;

    private boolean held;
    /** Position behind the last sample of speech that was released. */
    private long spokenUntil;
    /** Position up to which frames replace those that were taken back: they are late, and go out at once. */
    private long replacedUntil;
    /** Position at which the mix began, after nothing had sounded. */
    private long beganPos;
    /** Time from which on speech may resume; anything earlier may already be heard or draining. */
    private long speechFromMicros = Long.MIN_VALUE;

    MixedReleaser(UtteranceQueue queue, Timeline timeline, StartGate gate, Stage stage, Announcer announcer) {
        this.queue = queue;
        this.timeline = timeline;
        this.gate = gate;
        this.stage = stage;
        this.announcer = announcer;
    }

    @Override
    public boolean step(long nowMicros) {
        ActiveUtterance next = queue.isEmpty() || held ? null : queue.head();
        if (next != null && next.frames.isExhausted()) {
            announcer.end(next);
            return true;
        }
        ActiveUtterance speaker = next != null && isTimeForSpeech(nowMicros) && maySpeak(next) ? next : null;
        if (speaker == null && !stage.sounds()) {
            replacedUntil = 0; // the rest of it was silence
            stage.fallSilent();
            return false;
        }
        if (speaker == null && mayWaitFor(next, nowMicros)) {
            return false;
        }
        if (timeline.pos() >= replacedUntil && timeline.isOverdue(nowMicros)) {
            if (!goesOn) {
                beganPos = timeline.pos();
            }
            announcer.anchor(nowMicros, goesOn);
        }
        if (!timeline.isReleasable(nowMicros)) {
            return false;
        }
        if (speaker == null) {
            releaseWithoutSpeech();
        } else {
            releaseSpeech(speaker);
        }
        return true;
    }

    @Override
    public boolean soundsBeside() {
        return stage.sounds();
    }

    @Override
    public boolean isHeard(long nowMicros) {
        return timeline.heardAt(nowMicros) < spokenUntil;
    }

    /**
     * Takes back what was released, from somewhat before what is heard now: all but the speech is mixed and released again. Speech goes
     * on behind the drain.
     */
    @Override
    public OptionalLong takeBack(long nowMicros, int drainMillis) {
        flows = false;
        held = false;
        spokenUntil = 0;
        if (!stage.soundsBeside() || timeline.isOverdue(nowMicros)) {
            stage.cut();
            timeline.cut();
            return OptionalLong.empty();
        }
        long ahead = timeline.pos() - timeline.heardAt(nowMicros);
        long frames = Math.ceilDiv(ahead, SpeechTime.FRAME_SAMPLES) + Stage.MARGIN_FRAMES;
        long all = (timeline.pos() - beganPos) / SpeechTime.FRAME_SAMPLES;
        long from = timeline.pos() - (long) stage.rewind((int) Math.min(frames, all)) * SpeechTime.FRAME_SAMPLES;
        speechFromMicros = Math.min(timeline.playMicros(), nowMicros + drainMillis * 1_000L);
        replacedUntil = timeline.goBackTo(from);
        beganPos += timeline.pos() - from;
        return OptionalLong.of(from);
    }

    @Override
    public void hold(long nowMicros) {
        held = true;
    }

    @Override
    public void resume(long nowMicros) {
        held = false;
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    /** Tells whether speech in the next frame can be heard: a frame that is mixed again may be heard already. */
    private boolean isTimeForSpeech(long nowMicros) {
        return timeline.playMicros() >= speechFromMicros || nowMicros > speechFromMicros;
    }

    /** Tells whether speech that breaks off just now may still come in time: half of the lead is there to wait for it. */
    private boolean mayWaitFor(@Nullable ActiveUtterance next, long nowMicros) {
        return next != null && next.isPlaying() && flows && timeline.isHalfAhead(nowMicros);
    }

    private boolean maySpeak(ActiveUtterance next) {
        if (!next.frames.hasFrame()) {
            return false;
        }
        if (next.isPlaying()) {
            return flows || next.intake.isOver() || next.frames.bufferedSamples() >= RESUME_SAMPLES;
        }
        return (flows || next.mayStart(gate)) && stage.isReadyFor(next);
    }

    private void releaseSpeech(ActiveUtterance speaker) {
        resumes = speaker.isPlaying() && !flows;
        if (!speaker.isPlaying()) {
            stage.begin(speaker.request());
        }
        announcer.release(speaker, timeline.pos() + Mixer.DELAY_SAMPLES, this::mix);
        flows = true;
        goesOn = stage.sounds();
    }

    private Audio mix(FrameCutter.Frame speech) {
        stage.speak(speech, resumes);
        spokenUntil = timeline.pos() + Mixer.DELAY_SAMPLES + speech.samples();
        return mixed(speech.first(), false, stage.render(true));
    }

    private void releaseWithoutSpeech() {
        ByteBuffer sound = stage.render(!queue.isEmpty() && !held);
        boolean ends = queue.isEmpty() && !stage.sounds(); // after the last of speech the limiter still holds some
        announcer.release(mixed(false, ends, sound));
        flows = false;
        goesOn = stage.sounds();
        if (ends) {
            stage.fallSilent();
        }
    }

    private Audio mixed(boolean first, boolean last, ByteBuffer sound) {
        return Audio.mixed(announcer.generation(), timeline.pos(), timeline.playMicros(), first, last, sound);
    }
}
