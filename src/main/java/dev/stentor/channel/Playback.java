package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Releases the utterances of a queue frame by frame, at speaking pace and a little ahead of it, and takes back what was released but
 * not heard. Confined to the clock's thread.
 */
final class Playback {

    private final UtteranceQueue queue;
    private final ChannelOutput output;
    private final Timeline timeline;
    private final StartGate gate;
    private final UnheardFrames unheard = new UnheardFrames();
    private final Set<ActiveUtterance> cancelled = new LinkedHashSet<>();
    private final Stage stage;
    private final Announcer announcer;
    private final FrameReleaser plain;
    private final FrameReleaser mixed;
    private ChannelSettings settings;
    /** Settings that apply from the next utterance on; null if none were given. */
    private @Nullable ChannelSettings coming;

    private Phase phase = Phase.IDLE;

    /** @param left where an earlier life of the channel had come to */
    Playback(
            UtteranceQueue queue,
            ChannelSettings settings,
            Stage stage,
            ChannelOutput output,
            ChannelStats stats,
            Inheritance left) {
        this.queue = queue;
        this.output = output;
        this.settings = settings;
        this.timeline = new Timeline(settings.lead(), left.pos());
        this.gate = new StartGate(settings);
        this.stage = stage;
        this.announcer = new Announcer(queue, timeline, unheard, gate, output, stats, left.generation());
        this.plain = new PlainReleaser(queue, timeline, gate, stage, output, announcer);
        this.mixed = new MixedReleaser(queue, timeline, gate, stage, announcer);
    }

    Phase phase() {
        return phase;
    }

    /** Returns the generation of what is released now. */
    int generation() {
        return announcer.generation();
    }

    /** Returns the position of the next sample to be released. */
    long pos() {
        return timeline.pos();
    }

    /** Returns the position of the sample that is due now. */
    long heardAt(long nowMicros) {
        return timeline.heardAt(nowMicros);
    }

    boolean isPaused() {
        return releaser().isHeld();
    }

    /** Tells whether there is something to release beside speech. */
    boolean soundsBeside() {
        return releaser().soundsBeside();
    }

    /** Tells whether listeners wait for sound. */
    boolean isDry(long nowMicros) {
        return timeline.isOverdue(nowMicros);
    }

    /**
     * Tells whether nothing but more sound of the same utterance is to be released up to that time, that sound is here, and listeners have
     * half of their lead left then.
     */
    boolean flowsUntil(long micros) {
        return !stage.isOn()
                && cancelled.isEmpty()
                && !isPaused()
                && !queue.isEmpty()
                && queue.head().isPlaying()
                && timeline.isHalfAhead(micros)
                && queue.head().frames.bufferedSamples() > timeline.releasableBy(micros);
    }

    /** Changes the settings from the next utterance on. */
    void change(ChannelSettings newSettings) {
        coming = newSettings;
    }

    /** Releases one frame, or ends one utterance, if that is to be done now; tells whether it did. */
    boolean step(long nowMicros) {
        forgetHeard(nowMicros);
        applySettings();
        stage.settle(!isPaused() && isBetweenUtterances());
        stage.keep(timeline.pos());
        return releaser().step(nowMicros);
    }

    /** Silences what was released, and ends the utterances in the scope of the request; returns them in the order of hearing. */
    List<ActiveUtterance> clear(ClearRequest clear, long nowMicros) {
        forgetHeard(nowMicros);
        Set<ActiveUtterance> cleared = inScope(clear.scope());
        ClearRequest told = confined(clear, cleared, nowMicros);
        long heardPos = Math.min(timeline.pos(), timeline.heardAt(nowMicros) + SpeechTime.samples(told.drainMillis()));
        queue.putBack(unheard.giveBackExcept(cleared));
        announcer.beginGeneration();
        OptionalLong former = releaser().takeBack(nowMicros, told.drainMillis());
        if (former.isPresent()) {
            output.on(new SpeechCleared(generation(), timeline.pos(), told, former.getAsLong()));
            announcer.tellTimeline();
        } else {
            output.on(new SpeechCleared(generation(), timeline.pos(), told));
        }
        for (ActiveUtterance utterance : cleared) {
            queue.remove(utterance);
            output.on(utterance.clear(heardPos, timeline.pos()));
        }
        return List.copyOf(cleared);
    }

    /** Ends one utterance; if others are heard before it, as soon as they were. */
    void cancel(ActiveUtterance utterance, long nowMicros) {
        cancelled.add(utterance);
        settleCancellations(nowMicros);
    }

    /** Ends the cancelled utterances that are heard by now, and those of which nothing is on its way. */
    void settleCancellations(long nowMicros) {
        forgetHeard(nowMicros);
        for (ActiveUtterance utterance : List.copyOf(cancelled)) {
            if (!unheard.holds(utterance)) {
                cancelled.remove(utterance);
                if (!utterance.isOver()) {
                    queue.remove(utterance);
                    output.on(utterance.clear(timeline.pos(), timeline.pos()));
                }
            } else if (unheard.isHeard(utterance)) {
                cancelled.remove(utterance);
                var _ = clear(ClearRequest.current("cancel"), nowMicros);
            }
        }
    }

    /** Tells whether an utterance was cancelled that will be heard only later. */
    boolean awaitsCancellation() {
        return !cancelled.isEmpty();
    }

    /** Holds the speech where it is; what was released stays. */
    void pause(long nowMicros) {
        releaser().hold(nowMicros);
    }

    /** Lets the speech go on where it was held. */
    void resume(long nowMicros) {
        releaser().resume(nowMicros);
    }

    /** Ends the utterances that did not begin in time. */
    void expire(long nowMicros) {
        for (ActiveUtterance utterance : queue.all()) {
            if (utterance.isExpired(nowMicros)) {
                queue.remove(utterance);
                output.on(utterance.expire(timeline.pos()));
            }
        }
    }

    /** Tells listeners the phase of the channel, if that has changed. */
    void updatePhase(long nowMicros) {
        Phase now = phaseAt(nowMicros);
        if (now != phase) {
            phase = now;
            output.on(new PhaseChanged(now));
        }
    }

    private FrameReleaser releaser() {
        return stage.isOn() ? mixed : plain;
    }

    private boolean isBetweenUtterances() {
        return queue.isEmpty() || !queue.head().isPlaying();
    }

    private void applySettings() {
        if (coming != null && isBetweenUtterances()) {
            gate.waitFor(coming);
            if (!coming.lead().equals(settings.lead())) {
                timeline.leadBy(coming.lead());
                stage.leadBy(coming.lead());
                output.on(new LeadChanged(generation(), coming.lead().toMillis()));
            }
            settings = coming;
            coming = null;
        }
    }

    /** Returns the utterances to be cleared, in the order in which they are heard. */
    private SequencedSet<ActiveUtterance> inScope(ClearRequest.Scope scope) {
        SequencedSet<ActiveUtterance> utterances = unheard.utterances();
        utterances.addAll(queue.all());
        if (scope == ClearRequest.Scope.CURRENT && !utterances.isEmpty()) {
            ActiveUtterance current = utterances.getFirst();
            utterances.removeIf(utterance -> utterance != current && !cancelled.contains(utterance));
        }
        return utterances;
    }

    /** Shortens the drain to the beginning of an utterance that will be spoken again: its beginning would be heard twice. */
    private ClearRequest confined(ClearRequest clear, Set<ActiveUtterance> cleared, long nowMicros) {
        long heardPos = timeline.heardAt(nowMicros);
        return unheard.firstPosOutside(cleared)
                .map(firstPos -> SpeechTime.millis(firstPos - heardPos))
                .map(sentMillis -> clear.withDrain(Math.clamp(sentMillis, 0, clear.drainMillis())))
                .orElse(clear);
    }

    private void forgetHeard(long nowMicros) {
        unheard.forgetUntil(timeline.heardAt(nowMicros));
    }

    private Phase phaseAt(long nowMicros) {
        if (isPaused()) {
            return Phase.PAUSED;
        }
        if (queue.isEmpty()) {
            return Phase.IDLE;
        }
        if (releaser().isHeard(nowMicros)) {
            return Phase.PLAYING;
        }
        return queue.head().isPlaying() ? Phase.STALLED : Phase.SYNTHESIZING;
    }
}
