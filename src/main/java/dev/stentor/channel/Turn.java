package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One utterance on its way: from the queue, through the engine, to the last frame. Confined to the clock's thread. */
final class Turn implements Reception.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    final String id;
    final Order order;
    /** What its text comes from while it is being written; null if it was given whole. */
    final @Nullable OpenText open;

    final FrameCutter frames = new FrameCutter();
    final Arrivals arrivals = new Arrivals();
    private final @Nullable Continuation continuation;
    private final GrowingText text;
    private final TextTrack track;
    private final MarkTrack marks;
    private final long deadlineMicros;
    private final Runnable changed;
    private Utterance.State state = Utterance.State.QUEUED;
    private @Nullable Reception reception;
    private boolean received;
    private @Nullable SpeechFailure failure;
    private @Nullable Long pos;
    private int generation;
    private long samples;
    private final Runs runs = new Runs();
    private long cutAfter = Long.MAX_VALUE;
    private @Nullable WholeFile file;
    /** Samples of the text's beginning that are not this turn's; -1 as long as that is not known. */
    private long skipped = -1;

    /**
     * Waits.
     *
     * @param open its text, if that is still being written; null if the order has all of it
     * @param continuation where it goes on that another left off; null if it begins at the beginning
     * @param changed called whenever something arrived or ended
     */
    Turn(
            String id,
            Order order,
            @Nullable OpenText open,
            @Nullable Continuation continuation,
            long nowMicros,
            Runnable changed) {
        this.id = id;
        this.order = order;
        this.open = open;
        this.continuation = continuation;
        this.changed = changed;
        this.text = open == null ? new GrowingText(order.request().text()) : open.text();
        this.track = new TextTrack(text);
        this.marks = new MarkTrack(order.marks());
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
        return open == null ? text.length() : text.length() - map().at(samples).character();
    }

    /** The text that is being written; throws {@link ChannelException} if this one's was given whole. */
    OpenText writing() {
        if (open == null) {
            throw new ChannelException(new ChannelRefusal.NotOpen());
        }
        return open;
    }

    /** How far its text is; the same. */
    Written written() {
        OpenText writing = writing();
        return new Written(id, state, writing.state(), text.length(), writing.next());
    }

    /** Its sound, of the whole text's. */
    Speech of(Speech whole) {
        return continuation == null ? whole : continuation.of(whole);
    }

    /** The part at which it failed; empty if it did not, or if nobody knows the part. */
    Optional<Continuation> rest() {
        return state == Utterance.State.FAILED && open == null && track.latest() >= 0
                ? Optional.of(new Continuation(id, track.latest()))
                : Optional.empty();
    }

    /** The engine begins. */
    void begin(Reception newReception) {
        reception = newReception;
        state = Utterance.State.SYNTHESIZING;
    }

    boolean hasBegun() {
        return reception != null;
    }

    /** Whether the engine has given all that it will give. */
    boolean isReceived() {
        return received;
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
        return Math.max(0, map().guessedSamples() - samples);
    }

    void ask() {
        if (reception != null && !received) {
            reception.ask();
        }
    }

    /** For how long the engine has owed something; while the text is waited for, it owes nothing. */
    long silentMicros(long nowMicros) {
        return reception == null || received ? 0 : engineMicros(reception.silentMicros(nowMicros), nowMicros);
    }

    /** Marks the first frame's release. */
    UtteranceStarted start(int inGeneration, long at) {
        pos = at;
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

    /** What begins to be spoken within a frame that is about to be released at that position. */
    List<Caption> captionsOf(FrameCutter.Frame frame, long at) {
        var captions = new ArrayList<Caption>();
        track.drainBefore(
                samples + frame.samples(),
                mark -> captions.add(new Caption(
                        id, at + mark.firstSample() - samples, track.textOf(mark), mark.from(), mark.to())));
        return captions;
    }

    /** Which marks are reached within a frame that is about to be released at that position. */
    List<MarkReached> marksOf(FrameCutter.Frame frame, long at) {
        return marks.isDone()
                ? List.of()
                : told(marks.drainBefore(samples + frame.samples(), track.map(), samples), at - samples);
    }

    /** Which marks are reached with the end, after the last frame. */
    List<MarkReached> lastMarks() {
        return marks.isDone() || failure != null || pos == null
                ? List.of()
                : told(marks.drainAt(samples, track.map()), runs.begin());
    }

    private List<MarkReached> told(List<MarkTrack.Reached> reached, long begin) {
        return reached.stream()
                .map(mark -> new MarkReached(id, mark.id(), begin + mark.sample(), mark.estimated()))
                .toList();
    }

    /** Whether it has enough to begin, or to go on after a hole. */
    boolean mayStart(StartGate gate) {
        return received
                || (open != null && open.isStarving() && frames.bufferedSamples() > 0)
                || gate.isOpen(arrivals, frames.bufferedSamples(), map().guessedSamples());
    }

    /** The engine has said what became of it, which may be long before the last frame, or after it. */
    @Override
    public void kept(@Nullable WholeFile newFile) {
        file = newFile;
    }

    void released(int count, long at) {
        runs.add(at, samples);
        samples += count;
    }

    /** All that was released of it is taken back, to be released again later. */
    void rewind(List<FrameCutter.Frame> released) {
        frames.putBack(released);
        track.rewind();
        marks.rewind();
        samples = 0;
        runs.clear();
        pos = null;
        state = reception == null ? Utterance.State.QUEUED : Utterance.State.SYNTHESIZING;
    }

    /** Marks the end, after the last frame. */
    UtteranceEnded finish(long now) {
        if (failure == null) {
            return end(Utterance.State.DONE, Reason.DONE, now);
        }
        return end(Utterance.State.FAILED, Reason.FAILED, now);
    }

    /**
     * Ends it early: it is not spoken any further, whatever the engine gives.
     *
     * @param heardPos what of the channel's timeline is heard
     */
    UtteranceEnded clear(long heardPos, long now) {
        stop();
        cutAfter = heardSamples(heardPos);
        return end(Utterance.State.CLEARED, Reason.CLEARED, now);
    }

    /** Ends it before it began. */
    UtteranceEnded expire(long now) {
        stop();
        return end(Utterance.State.EXPIRED, Reason.EXPIRED, now);
    }

    /** Ends the engine's work; what was received stays. */
    void giveUp(SpeechFailure why) {
        cancel();
        fail(why);
    }

    void cancel() {
        closeText();
        if (reception != null) {
            reception.cancel();
        }
    }

    /** As it stands, when that sample of the channel's timeline is heard. */
    Utterance snapshot(ChannelName channel, long heardPos) {
        TextMap map = map();
        TextMap.Offset offset = map.at(samples);
        var progress =
                new Utterance.Progress(track.segments(), track.latest() + 1, offset.character(), offset.estimated());
        long heardSamples = Math.min(cutAfter, heardSamples(heardPos));
        return new Utterance(
                id,
                channel,
                request(),
                state,
                generation,
                pos,
                samples,
                progress,
                heardSamples,
                map,
                failure,
                file,
                continuation == null ? null : continuation.utterance(),
                open == null ? null : written());
    }

    @Override
    public void ready() {
        changed.run();
    }

    @Override
    public void marked(SegmentMark mark) {
        if (!received) {
            if (skipped < 0) {
                skipped = continuation == null ? 0 : mark.firstSample();
            }
            track.add(mark.earlierBy(skipped));
        }
    }

    @Override
    public void received(ByteBuffer buffer, long waitedMicros, long nowMicros) {
        if (!received) {
            arrivals.add(buffer.remaining() / Short.BYTES, engineMicros(waitedMicros, nowMicros));
            frames.add(buffer);
            changed.run();
        }
    }

    @Override
    public void completed() {
        if (!received) {
            received = true;
            track.end(samples + frames.bufferedSamples());
            frames.end();
            changed.run();
        }
    }

    @Override
    public void failed(Throwable error) {
        if (error instanceof SpeechException known) {
            fail(known.failure());
        } else {
            // Its message may hold the text that was to be spoken.
            LOG.atError()
                    .addKeyValue("utterance", id)
                    .addKeyValue("type", error.getClass().getName())
                    .log("an engine broke its contract");
            fail(new SpeechFailure.EngineFault("The speech engine failed."));
        }
    }

    private void fail(SpeechFailure why) {
        if (!received) {
            received = true;
            closeText();
            failure = why;
            LOG.atWarn()
                    .addKeyValue("utterance", id)
                    .addKeyValue("code", why.code())
                    .log("an utterance failed");
            frames.end();
            changed.run();
        }
    }

    private void stop() {
        received = true;
        closeText();
        cancel();
        frames.drop();
    }

    private void closeText() {
        if (open != null) {
            open.close();
        }
    }

    /** How much of that time the engine had something to speak. */
    private long engineMicros(long micros, long nowMicros) {
        if (open == null) {
            return micros;
        }
        return open.isStarving() ? 0 : Math.min(micros, nowMicros - open.fedAtMicros());
    }

    /** Once the text is waited for, what was begun ends here: only silence can be held back. */
    private TextMap map() {
        return open != null && open.isStarving() && !frames.hasFrame() ? track.mapUpTo(samples) : track.map();
    }

    private UtteranceEnded end(Utterance.State newState, Reason reason, long now) {
        state = newState;
        SpeechFailure why = newState == Utterance.State.FAILED ? failure : null;
        return new UtteranceEnded(
                id,
                pos == null ? now : pos,
                samples,
                reason,
                why == null ? null : new ChannelEvent.Failure(why.code(), why.message()));
    }

    private long heardSamples(long heardPos) {
        return runs.before(heardPos, samples);
    }
}
