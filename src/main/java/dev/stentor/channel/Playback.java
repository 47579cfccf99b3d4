package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Releases the utterances of a queue frame by frame, at speaking pace and a little ahead of it; takes back what was released but
 * not heard. Confined to the clock's thread.
 */
final class Playback {

    private static final int GENERATIONS = 1 << 16;

    private final UtteranceQueue queue;
    private final ChannelOutput output;
    private final ChannelStats stats;
    private final Timeline timeline;
    private final StartGate gate;
    private final UnheardFrames onAir = new UnheardFrames();
    private final Set<ActiveUtterance> cancelled = new LinkedHashSet<>();
    private final Stage stage;
    private final MixedPlayback mixed;
    private int generation = 1;
    private ChannelSettings settings;
    private @Nullable ChannelSettings coming;
    private Phase phase = Phase.IDLE;

    Playback(UtteranceQueue queue, ChannelSettings settings, Stage stage, ChannelOutput output, ChannelStats stats) {
        this.queue = queue;
        this.stats = stats;
        this.output = output;
        this.settings = settings;
        this.timeline = new Timeline(settings.lead());
        this.gate = new StartGate(settings);
        this.stage = stage;
        this.mixed = new MixedPlayback(queue, timeline, onAir, gate, stage, output, stats, this::finish);
    }

    Phase phase() {
        return phase;
    }

    /** Of what is released now. */
    int generation() {
        return generation;
    }

    /** The next sample to be released. */
    long pos() {
        return timeline.pos();
    }

    /** The sample that is due now. */
    long heardAt(long nowMicros) {
        return timeline.heardAt(nowMicros);
    }

    boolean isPaused() {
        return timeline.isPaused() || mixed.isHeld();
    }

    /** Whether there is something to release beside speech. */
    boolean sounds() {
        return stage.isOn() && stage.sounds();
    }

    /** Whether listeners wait for sound. */
    boolean isDry(long nowMicros) {
        return timeline.isOverdue(nowMicros);
    }

    /** What was asked for holds between two utterances. */
    void change(ChannelSettings newSettings) {
        coming = newSettings;
    }

    private void settle() {
        if (coming != null && (queue.isEmpty() || !queue.head().isPlaying())) {
            gate.waitFor(coming);
            if (!coming.lead().equals(settings.lead())) {
                timeline.leadBy(coming.lead());
                stage.leadBy(coming.lead());
                output.on(new LeadChanged(generation, coming.lead().toMillis()));
            }
            settings = coming;
            coming = null;
        }
    }

    /** Releases one frame, or ends one utterance, if that is to be done now. */
    boolean step(long nowMicros) {
        forgetHeard(nowMicros);
        settle();
        stage.settle(!isPaused() && (queue.isEmpty() || !queue.head().isPlaying()));
        if (stage.isOn()) {
            return mixed.step(nowMicros, generation);
        }
        if (queue.isEmpty() || timeline.isPaused()) {
            return false;
        }
        ActiveUtterance turn = queue.head();
        if (turn.frames.isExhausted()) {
            finish(turn);
            return true;
        }
        if (!turn.frames.hasFrame()) {
            return false;
        }
        if (timeline.isOverdue(nowMicros)) {
            if (!turn.mayStart(gate)) {
                return false;
            }
            if (timeline.isAnchored() && turn.isPlaying()) {
                stats.stalled();
            }
            timeline.anchor(nowMicros);
            output.on(new TimelineMoved(timeline.pos(), timeline.playMicros()));
        }
        if (!timeline.isReleasable(nowMicros)) {
            return false;
        }
        release(turn);
        return true;
    }

    /** Silences what was released, and ends the utterances that are meant. */
    List<ActiveUtterance> clear(ClearRequest clear, long nowMicros) {
        forgetHeard(nowMicros);
        Set<ActiveUtterance> cleared = meant(clear.scope());
        ClearRequest told = confined(clear, cleared, nowMicros);
        long heardPos = Math.min(timeline.pos(), timeline.heardAt(nowMicros) + told.drainMillis() * 24L);
        queue.putBack(onAir.takeBack(cleared));
        generation = (generation + 1) % GENERATIONS;
        OptionalLong former = stage.isOn() ? mixed.goBack(nowMicros, told.drainMillis()) : OptionalLong.empty();
        if (former.isPresent()) {
            output.on(new SpeechCleared(generation, timeline.pos(), told, former.getAsLong()));
            output.on(new TimelineMoved(timeline.pos(), timeline.playMicros()));
        } else {
            stage.cut();
            timeline.cut();
            output.on(new SpeechCleared(generation, timeline.pos(), told));
        }
        for (ActiveUtterance turn : cleared) {
            queue.remove(turn);
            output.on(turn.clear(heardPos, timeline.pos()));
        }
        return List.copyOf(cleared);
    }

    /** Ends one utterance; if others are heard before it, as soon as they were. */
    void cancel(ActiveUtterance turn, long nowMicros) {
        cancelled.add(turn);
        settleCancellations(nowMicros);
    }

    /** Ends what was cancelled and has come to be heard meanwhile. */
    void settleCancellations(long nowMicros) {
        forgetHeard(nowMicros);
        for (ActiveUtterance turn : List.copyOf(cancelled)) {
            if (!onAir.holds(turn)) {
                cancelled.remove(turn);
                if (!turn.isOver()) {
                    queue.remove(turn);
                    output.on(turn.clear(timeline.pos(), timeline.pos()));
                }
            } else if (onAir.isHeard(turn)) {
                cancelled.remove(turn);
                var _ = clear(ClearRequest.current("cancel"), nowMicros);
            }
        }
    }

    /** Whether an utterance was cancelled that will be heard only later. */
    boolean awaitsCancellation() {
        return !cancelled.isEmpty();
    }

    /** Stands still, keeping what was released. */
    void pause(long nowMicros) {
        if (stage.isOn()) {
            mixed.hold();
        } else if (!timeline.isPaused()) {
            timeline.pause(nowMicros);
            output.on(new SpeechPaused(timeline.heardAt(nowMicros)));
        }
    }

    /** Goes on where it stood. */
    void resume(long nowMicros) {
        mixed.goOn();
        if (timeline.isPaused()) {
            timeline.resume(nowMicros);
            output.on(new SpeechResumed(timeline.heardAt(nowMicros)));
            if (!timeline.isOverdue(nowMicros)) {
                output.on(new TimelineMoved(timeline.pos(), timeline.playMicros()));
            }
        }
    }

    /** Ends those whose time to begin is over. */
    void expire(long nowMicros) {
        for (ActiveUtterance turn : queue.all()) {
            if (turn.isExpired(nowMicros)) {
                queue.remove(turn);
                output.on(turn.expire(timeline.pos()));
            }
        }
    }

    /** Tells what the channel does now, if that has changed. */
    void updatePhase(long nowMicros) {
        Phase now = phaseAt(nowMicros);
        if (now != phase) {
            phase = now;
            output.on(new PhaseChanged(now));
        }
    }

    private void release(ActiveUtterance turn) {
        if (!turn.isPlaying()) {
            output.on(turn.start(generation, timeline.pos()));
        }
        FrameCutter.Frame frame = turn.frames.next();
        turn.released.captionsOf(frame, timeline.pos()).forEach(output::on);
        turn.released.marksOf(frame, timeline.pos()).forEach(output::on);
        output.on(frame.at(generation, timeline.pos(), timeline.playMicros()));
        turn.released.add(frame.samples(), timeline.pos());
        timeline.advance(ChannelEvent.FRAME_SAMPLES);
        onAir.add(turn, frame, timeline.pos());
        if (frame.last()) {
            finish(turn);
        }
    }

    private void finish(ActiveUtterance turn) {
        gate.learn(turn.intake.arrivals());
        queue.remove(turn);
        turn.lastMarks().forEach(output::on);
        output.on(turn.finish(timeline.pos()));
    }

    /** In the order in which they are heard. */
    private SequencedSet<ActiveUtterance> meant(ClearRequest.Scope scope) {
        SequencedSet<ActiveUtterance> turns = onAir.turns();
        turns.addAll(queue.all());
        if (scope == ClearRequest.Scope.CURRENT && !turns.isEmpty()) {
            ActiveUtterance current = turns.getFirst();
            turns.removeIf(turn -> turn != current && !cancelled.contains(turn));
        }
        return turns;
    }

    /** The drain ends where one begins that will be spoken again: it would be heard twice. */
    private ClearRequest confined(ClearRequest clear, Set<ActiveUtterance> cleared, long nowMicros) {
        long heardPos = timeline.heardAt(nowMicros);
        return onAir.firstPosOutside(cleared)
                .map(firstPos -> firstPos - heardPos)
                .map(sent -> clear.withDrain(Math.clamp(sent / 24, 0, clear.drainMillis())))
                .orElse(clear);
    }

    private void forgetHeard(long nowMicros) {
        onAir.forgetUntil(timeline.heardAt(nowMicros));
    }

    private Phase phaseAt(long nowMicros) {
        if (isPaused()) {
            return Phase.PAUSED;
        }
        if (queue.isEmpty()) {
            return Phase.IDLE;
        }
        if (stage.isOn() ? mixed.isHeard(nowMicros) : !timeline.isOverdue(nowMicros)) {
            return Phase.PLAYING;
        }
        return queue.head().isPlaying() ? Phase.STALLED : Phase.SYNTHESIZING;
    }
}
