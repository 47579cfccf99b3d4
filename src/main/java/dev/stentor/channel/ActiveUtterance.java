package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.LiveText;
import dev.stentor.trace.TraceKey;
import dev.stentor.trace.TraceSpan;
import dev.stentor.usage.Charge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An utterance on its way from the queue, through the engine, to its last frame. Confined to the clock's thread. */
final class ActiveUtterance {

    final String id;
    final UtteranceRequest asked;
    final UtteranceText text;

    final FrameCutter frames;
    final Intake intake;
    final ReleasedAudio released;
    /** Step of a trace, from the request to the end. */
    final TraceSpan span;

    private final @Nullable ResumePoint resumedFrom;
    private final TextTrack track;
    /** Time at which it was asked for. */
    final long queuedMicros;

    final UtteranceTimer timer;

    private final long deadlineMicros;
    private Utterance.State state = Utterance.State.QUEUED;
    private int generation;

    /**
     * Creates an utterance that waits in the queue.
     *
     * @param frames takes its sound
     * @param resumedFrom where another utterance failed that this one goes on with; null if it begins at the beginning
     * @param span its step of a trace, which has begun
     * @param changed called whenever something arrived or ended
     */
    ActiveUtterance(
            String id,
            UtteranceRequest asked,
            UtteranceText text,
            FrameCutter frames,
            @Nullable ResumePoint resumedFrom,
            long nowMicros,
            TraceSpan span,
            Runnable changed) {
        this.id = id;
        this.asked = asked;
        this.text = text;
        this.frames = frames;
        this.resumedFrom = resumedFrom;
        this.track = new TextTrack(text.characters());
        this.timer = new UtteranceTimer(nowMicros, span);
        this.intake = new Intake(id, text, resumedFrom != null, frames, track, timer, changed);
        this.released = new ReleasedAudio(id, !asked.open(), track, asked.marks());
        this.queuedMicros = nowMicros;
        this.span = span;
        text.watch(frames::bufferedSamples);
        this.deadlineMicros = asked.expiresIn() == null
                ? Long.MAX_VALUE
                : nowMicros + asked.expiresIn().toNanos() / 1_000;
    }

    /** Returns the request to speak it, with all of the text that is known by now. */
    SpeechRequest request() {
        return text.request();
    }

    /** Returns what its characters are charged to. */
    Charge charge() {
        return asked.request().charge();
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

    /** Returns the part at which it failed; throws {@link ChannelException} if it did not, or if the part is not known. */
    ResumePoint resumePoint() {
        if (state != Utterance.State.FAILED || !text.isResumable() || track.latest() < 0) {
            throw new ChannelException(ChannelRefusal.nothingToResume());
        }
        return new ResumePoint(id, track.latest());
    }

    /** Records that the engine begins. */
    void begin(EngineSubscriber subscriber, long nowMicros) {
        timer.begun(nowMicros);
        intake.begin(subscriber);
        state = Utterance.State.SYNTHESIZING;
    }

    /** Ends the engine's work; nobody is told, since the channel is gone. */
    void abandon() {
        intake.stop();
        charge().close();
        span.with(TraceKey.END, "channel closed").end();
    }

    /** Tells whether its first frame was released, and it is not over. */
    boolean isPlaying() {
        return state == Utterance.State.PLAYING;
    }

    /** Tells whether listeners were told of its end. */
    boolean isOver() {
        return state.isOver();
    }

    /** Tells whether it should have begun by now, and has not. */
    boolean isExpired(long nowMicros) {
        return nowMicros > deadlineMicros && !isPlaying();
    }

    /** Returns how many samples are still to be released, as far as that can be guessed. */
    double remainingSamples() {
        return Math.max(0, map().guessedSamples() - released.samples());
    }

    /** Records that the first frame is about to be released, and returns the event that tells it. */
    UtteranceStarted start(int inGeneration, long at) {
        released.begin(at);
        generation = inGeneration;
        state = Utterance.State.PLAYING;
        SpeechRequest spoken = request();
        return new UtteranceStarted(
                id, inGeneration, at, spoken.text(), spoken.voice(), spoken.languageType(), text.isOpen());
    }

    /** Tells whether enough of it has arrived to begin, or to go on after a hole. */
    boolean mayStart(StartGate gate) {
        return intake.isOver()
                || (text.isStarving() && frames.bufferedSamples() > 0)
                || gate.isOpen(intake.arrivals(), frames.bufferedSamples(), map().guessedSamples());
    }

    /** Takes back all that was released of it, to be released again later. */
    void rewind(List<FrameCutter.Frame> takenBack) {
        frames.putBack(takenBack);
        released.rewind();
        state = intake.hasBegun() ? Utterance.State.SYNTHESIZING : Utterance.State.QUEUED;
    }

    /** Returns the marks that are reached with the end, after the last frame; none if it failed, since the rest was not spoken. */
    List<MarkReached> lastMarks() {
        return intake.failure() == null ? released.lastMarks() : List.of();
    }

    /** Ends it after the last frame, and returns the event that tells it. */
    UtteranceEnded finish(long now) {
        return intake.failure() == null
                ? end(Utterance.State.DONE, Reason.DONE, now)
                : end(Utterance.State.FAILED, Reason.FAILED, now);
    }

    /**
     * Ends it early, and returns the event that tells it. Nothing more is spoken of it, whatever the engine gives.
     *
     * @param heardPos position up to which the channel's timeline is heard
     */
    UtteranceEnded clear(long heardPos, long now) {
        intake.stop();
        released.cut(heardPos);
        return end(Utterance.State.CLEARED, Reason.CLEARED, now);
    }

    /** Ends it before it began, and returns the event that tells it. */
    UtteranceEnded expire(long now) {
        intake.stop();
        return end(Utterance.State.EXPIRED, Reason.EXPIRED, now);
    }

    /** Returns its state at the moment when that position of the channel's timeline is heard. */
    Utterance snapshot(ChannelName channel, long heardPos, long nowMicros) {
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
                released.spans(),
                progress,
                timer.at(nowMicros),
                released.heardSamples(heardPos),
                map,
                intake.failure(),
                intake.file(),
                resumedFrom == null ? null : resumedFrom.utterance(),
                text.progress(id, state));
    }

    /** Returns the text's map. While more text is awaited, what was begun ends here: only silence can be held back. */
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
                released.spans());
    }
}
