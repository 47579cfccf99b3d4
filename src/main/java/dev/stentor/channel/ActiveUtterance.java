package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One utterance on its way: from the queue, through the engine, to the last frame. Confined to the clock's thread. */
final class ActiveUtterance {

    final String id;
    final UtteranceRequest order;
    /** What its text comes from while it is being written; null if it was given whole. */
    final @Nullable OpenText open;

    final FrameCutter frames = new FrameCutter();
    final Intake intake;
    final ReleasedAudio passage;
    private final @Nullable ResumePoint continuation;
    private final GrowingText text;
    private final TextTrack track;
    private final long deadlineMicros;
    private Utterance.State state = Utterance.State.QUEUED;
    private int generation;

    /**
     * Waits.
     *
     * @param open its text, if that is still being written; null if the order has all of it
     * @param continuation where it goes on that another left off; null if it begins at the beginning
     * @param changed called whenever something arrived or ended
     */
    ActiveUtterance(
            String id,
            UtteranceRequest order,
            @Nullable OpenText open,
            @Nullable ResumePoint continuation,
            long nowMicros,
            Runnable changed) {
        this.id = id;
        this.order = order;
        this.open = open;
        this.continuation = continuation;
        this.text = open == null ? new GrowingText(order.request().text()) : open.text();
        this.track = new TextTrack(text);
        this.intake = new Intake(id, open, continuation != null, frames, track, changed);
        this.passage = new ReleasedAudio(id, track, order.marks());
        if (open != null) {
            open.heardBy(frames::bufferedSamples);
        }
        this.deadlineMicros = order.expiresIn() == null
                ? Long.MAX_VALUE
                : nowMicros + order.expiresIn().toNanos() / 1_000;
    }

    /** With the text as far as it is known. */
    SpeechRequest request() {
        return open == null ? order.request() : order.request().withText(text.whole());
    }

    /** Of the text, as far as it is known. */
    int characters() {
        return text.length();
    }

    /** Those that count against what may wait; of a text that is being written, what was not released yet. */
    int waitingCharacters() {
        return open == null
                ? text.length()
                : text.length() - map().at(passage.samples()).character();
    }

    /** The text that is being written; throws {@link ChannelException} if this one's was given whole. */
    OpenText writing() {
        if (open == null) {
            throw new ChannelException(new ChannelRefusal.NotOpen());
        }
        return open;
    }

    /** How far its text is; the same. */
    TextProgress written() {
        OpenText writing = writing();
        return new TextProgress(id, state, writing.state(), text.length(), writing.next());
    }

    /** Its sound, of the whole text's. */
    Speech of(Speech whole) {
        return continuation == null ? whole : continuation.of(whole);
    }

    /** The part at which it failed; empty if it did not, or if nobody knows the part. */
    Optional<ResumePoint> rest() {
        return state == Utterance.State.FAILED && open == null && track.latest() >= 0
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
        return Math.max(0, map().guessedSamples() - passage.samples());
    }

    /** Marks the first frame's release. */
    UtteranceStarted start(int inGeneration, long at) {
        passage.begin(at);
        generation = inGeneration;
        state = Utterance.State.PLAYING;
        SpeechRequest request = request();
        return new UtteranceStarted(
                id,
                inGeneration,
                at,
                request.text(),
                request.voice(),
                request.languageType(),
                open != null && open.state() == TextState.OPEN);
    }

    /** Whether it has enough to begin, or to go on after a hole. */
    boolean mayStart(StartGate gate) {
        return intake.isOver()
                || (open != null && open.isStarving() && frames.bufferedSamples() > 0)
                || gate.isOpen(intake.arrivals(), frames.bufferedSamples(), map().guessedSamples());
    }

    /** All that was released of it is taken back, to be released again later. */
    void rewind(List<FrameCutter.Frame> released) {
        frames.putBack(released);
        passage.rewind();
        state = intake.hasBegun() ? Utterance.State.SYNTHESIZING : Utterance.State.QUEUED;
    }

    /** Which marks are reached with the end, after the last frame; none if it failed, for the rest was not spoken. */
    List<MarkReached> lastMarks() {
        return intake.failure() == null ? passage.lastMarks() : List.of();
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
        passage.cut(heardPos);
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
        TextMap.Offset offset = map.at(passage.samples());
        var progress =
                new Utterance.Progress(track.segments(), track.latest() + 1, offset.character(), offset.estimated());
        return new Utterance(
                id,
                channel,
                request(),
                state,
                generation,
                passage.pos(),
                passage.samples(),
                passage.stretches(),
                progress,
                passage.heardSamples(heardPos),
                map,
                intake.failure(),
                intake.file(),
                continuation == null ? null : continuation.utterance(),
                open == null ? null : written());
    }

    /** Once the text is waited for, what was begun ends here: only silence can be held back. */
    private TextMap map() {
        return open != null && open.isStarving() && !frames.hasFrame() ? track.mapUpTo(passage.samples()) : track.map();
    }

    private UtteranceEnded end(Utterance.State newState, Reason reason, long now) {
        state = newState;
        Long pos = passage.pos();
        SpeechFailure why = newState == Utterance.State.FAILED ? intake.failure() : null;
        return new UtteranceEnded(
                id,
                pos == null ? now : pos,
                passage.samples(),
                reason,
                why == null ? null : new ChannelEvent.Failure(why.code(), why.message()),
                passage.stretches());
    }
}
