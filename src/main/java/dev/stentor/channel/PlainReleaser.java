package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import java.util.OptionalLong;

/** Releases the frames of the speech alone, as the engine gave them. Confined to the clock's thread. */
final class PlainReleaser implements FrameReleaser {

    private final UtteranceQueue queue;
    private final Timeline timeline;
    private final StartGate gate;
    private final Stage stage;
    private final ChannelOutput output;
    private final Announcer announcer;

    PlainReleaser(
            UtteranceQueue queue,
            Timeline timeline,
            StartGate gate,
            Stage stage,
            ChannelOutput output,
            Announcer announcer) {
        this.queue = queue;
        this.timeline = timeline;
        this.gate = gate;
        this.stage = stage;
        this.output = output;
        this.announcer = announcer;
    }

    @Override
    public boolean step(long nowMicros) {
        if (queue.isEmpty() || timeline.isPaused()) {
            return false;
        }
        ActiveUtterance utterance = queue.head();
        if (utterance.frames.isExhausted()) {
            announcer.end(utterance);
            return true;
        }
        if (!utterance.frames.hasFrame()) {
            return false;
        }
        if (timeline.isOverdue(nowMicros)) {
            if (!utterance.mayStart(gate)) {
                return false;
            }
            announcer.anchor(nowMicros, utterance.isPlaying());
        }
        if (!timeline.isReleasable(nowMicros)) {
            return false;
        }
        announcer.release(utterance, timeline.pos(), this::sound);
        return true;
    }

    @Override
    public boolean soundsBeside() {
        return false;
    }

    @Override
    public boolean isHeard(long nowMicros) {
        return !timeline.isOverdue(nowMicros);
    }

    @Override
    public OptionalLong takeBack(long nowMicros, int drainMillis) {
        stage.cut();
        timeline.cut();
        return OptionalLong.empty();
    }

    @Override
    public void hold(long nowMicros) {
        if (!timeline.isPaused()) {
            timeline.pause(nowMicros);
            output.on(new SpeechPaused(timeline.heardAt(nowMicros)));
        }
    }

    @Override
    public void resume(long nowMicros) {
        if (timeline.isPaused()) {
            timeline.resume(nowMicros);
            output.on(new SpeechResumed(timeline.heardAt(nowMicros)));
            if (!timeline.isOverdue(nowMicros)) {
                announcer.tellTimeline();
            }
        }
    }

    @Override
    public boolean isHeld() {
        return timeline.isPaused();
    }

    private Audio sound(FrameCutter.Frame frame) {
        return frame.at(announcer.generation(), timeline.pos(), timeline.playMicros());
    }
}
