package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.reading.LiveText;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One utterance on its way: from the queue, through the engine, to the last frame. Confined to the clock's thread. */
final class ActiveUtterance {

    final String id;
    final UtteranceRequest asked;
    final UtteranceText text;

    final FrameCutter frames = new FrameCutter();
    final Intake intake;
    final ReleasedAudio released;
    private final @Nullable ResumePoint resumedFrom;
    private final TextTrack track;
    private final long deadlineMicros;
    private Utterance.State state = Utterance.State.QUEUED;
    private int generation;

    /**
     * Creates an utterance that waits in the queue.
     *
     * @param resumedFrom where another utterance failed that this one goes on with; null if it begins at the beginning
     * @param changed called whenever something arrived or ended
     */
    ActiveUtterance(
            String id,
            UtteranceRequest asked,
            UtteranceText text,
            @Nullable ResumePoint resumedFrom,
            long nowMicros,
            Runnable changed) {
        this.id = id;
        this.asked = asked;
        this.text = text;
        this.resumedFrom = resumedFrom;
        this.track = new TextTrack(text.characters());
        this.intake = new Intake(id, text, resumedFrom != null, frames, track, changed);
        this.released = new ReleasedAudio(id, track, asked.marks());
        text.watch(frames::bufferedSamples);
        this.deadlineMicros = asked.expiresIn() == null
                ? Long.MAX_VALUE
                : nowMicros + asked.expiresIn().toNanos() / 1_000;
    }

    /** Returns the request to speak it, with all of the text that is known by now. */
    SpeechRequest request() {
        return text.request();
    }

    /** Returns the number of characters that are known by now. */
    int characters() {
        return text.characters().length();
    }

    /** Returns how many characters count against the queue limit; of an open text, only those not yet released. */
    int waitingCharacters() {
        return text.waitingCharacters(() -> map().at(released.samples()).character());
    }

    /** Returns how far its text is; throws {@link ChannelException} if that was given whole. */
    TextProgress progress() {
        return text.writable().progress(id, state);
    }

    /** Returns its speech. Called once, on any thread. */
    Speech speak(SpeechEngine engine, LiveText live) {
        Speech whole = text.speak(engine, live);
        return resumedFrom == null ? whole : resumedFrom.of(whole);
    }

    /** Returns the part at which it failed; empty if it did not, or if the part is not known. */
    Optional<ResumePoint> resumePoint() {
        return state == Utterance.State.FAILED && text.isResumable() && track.latest() >= 0
                ? Optional.of(new ResumePoint(id, track.latest()))
                : Optional.empty();
    }

    /** The engine begins. */
    void begin(EngineSubscriber reception) {
        intake.begin(reception);
        state = Utterance.State.SYNTHESIZING;
    }

    /** Whether its first frame was released. */
    boolean isPlaying() {
        return state == Utterance.State.PLAYING;
    }

    /** Whether its end was told. */
    boolean isOver() {
        return state.isOver();
    }

    /** Whether it should have begun by now, and has not. */
    boolean isExpired(long nowMicros) {
        return nowMicros > deadlineMicros && !isPlaying();
    }

    /** How much of it is still to be released, as far as one can guess. */
    double remainingSamples() {
        return Math.max(0, map().guessedSamples() - released.samples());
    }

    /** Marks the first frame's release. */
    UtteranceStarted start(int inGeneration, long at) {
        released.begin(at);
        generation = inGeneration;
        state = Utterance.State.PLAYING;
        SpeechRequest spoken = request();
        return new UtteranceStarted(
                id,
                inGeneration,
                at,
                spoken.text(),
                spoken.voice(),
                spoken.languageType(),
                text.isOpen());
    }

    /** Whether it has enough to begin, or to go on after a hole. */
    boolean mayStart(StartGate gate) {
        return intake.isOver()
                || (text.isStarving() && frames.bufferedSamples() > 0)
                || gate.isOpen(intake.arrivals(), frames.bufferedSamples(), map().guessedSamples());
    }

    /** All that was released of it is taken back, to be released again later. */
    void rewind(List<FrameCutter.Frame> takenBack) {
        frames.putBack(takenBack);
        released.rewind();
        state = intake.hasBegun() ? Utterance.State.SYNTHESIZING : Utterance.State.QUEUED;
    }

    /** Which marks are reached with the end, after the last frame; none if it failed, for the rest was not spoken. */
    List<MarkReached> lastMarks() {
        return intake.failure() == null ? released.lastMarks() : List.of();
    }

    /** Marks the end, after the last frame. */
    UtteranceEnded finish(long now) {
        return intake.failure() == null
                ? end(Utterance.State.DONE, Reason.DONE, now)
                : end(Utterance.State.FAILED, Reason.FAILED, now);
    }

    /**
     * Ends it early: it is not spoken any further, whatever the engine gives.
     *
     * @param heardPos what of the channel's timeline is heard
     */
    UtteranceEnded clear(long heardPos, long now) {
        intake.stop();
        released.cut(heardPos);
        return end(Utterance.State.CLEARED, Reason.CLEARED, now);
    }

    /** Ends it before it began. */
    UtteranceEnded expire(long now) {
        intake.stop();
        return end(Utterance.State.EXPIRED, Reason.EXPIRED, now);
    }

    /** As it stands, when that sample of the channel's timeline is heard. */
    Utterance snapshot(ChannelName channel, long heardPos) {
        TextMap map = map();
        TextMap.Offset offset = map.at(released.samples());
        var progress =
                new Utterance.Progress(track.segments(), track.latest() + 1, offset.character(), offset.estimated());
        return new Utterance(
                id,
                channel,
                request(),
                state,
                generation,
                released.pos(),
                released.samples(),
                released.stretches(),
                progress,
                released.heardSamples(heardPos),
                map,
                intake.failure(),
                intake.file(),
                resumedFrom == null ? null : resumedFrom.utterance(),
                text.progress(id, state));
    }

    /** Once the text is waited for, what was begun ends here: only silence can be held back. */
    private TextMap map() {
        return text.isStarving() && !frames.hasFrame() ? track.mapUpTo(released.samples()) : track.map();
    }

    private UtteranceEnded end(Utterance.State newState, Reason reason, long now) {
        state = newState;
        Long pos = released.pos();
        SpeechFailure why = newState == Utterance.State.FAILED ? intake.failure() : null;
        return new UtteranceEnded(
                id,
                pos == null ? now : pos,
                released.samples(),
                reason,
                why == null ? null : new ChannelEvent.Failure(why.code(), why.message()),
                released.stretches());
    }
}
