package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One utterance on its way: from the queue, through the engine, to the last frame. Confined to the clock's thread. */
final class Turn implements Reception.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    final String id;
    final SpeechRequest request;
    final FrameCutter frames = new FrameCutter();
    private final TextTrack track;
    private final Runnable changed;
    private Utterance.State state = Utterance.State.QUEUED;
    private @Nullable Reception reception;
    private boolean received;
    private @Nullable SpeechFailure failure;
    private @Nullable Long pos;
    private long samples;

    /** @param changed called whenever something arrived or ended */
    Turn(String id, SpeechRequest request, Runnable changed) {
        this.id = id;
        this.request = request;
        this.track = new TextTrack(request.text());
        this.changed = changed;
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
        return state == Utterance.State.DONE || state == Utterance.State.FAILED;
    }

    void ask() {
        if (reception != null && !received) {
            reception.ask();
        }
    }

    long silentMicros(long nowMicros) {
        return reception == null || received ? 0 : reception.silentMicros(nowMicros);
    }

    /** Marks the first frame's release. */
    UtteranceStarted start(int generation, long at) {
        pos = at;
        state = Utterance.State.PLAYING;
        return new UtteranceStarted(id, generation, at, request.text(), request.voice(), request.languageType());
    }

    /** What begins to be spoken within a frame that is about to be released. */
    List<Caption> captionsOf(FrameCutter.Frame frame) {
        var captions = new ArrayList<Caption>();
        track.drainBefore(
                samples + frame.samples(),
                mark -> captions.add(new Caption(
                        id,
                        Objects.requireNonNull(pos) + mark.firstSample(),
                        track.textOf(mark),
                        mark.from(),
                        mark.to())));
        return captions;
    }

    void released(int count) {
        samples += count;
    }

    /** Marks the end, after the last frame. */
    UtteranceEnded finish(long now) {
        long at = pos == null ? now : pos;
        state = failure == null ? Utterance.State.DONE : Utterance.State.FAILED;
        if (failure == null) {
            return new UtteranceEnded(id, at, samples, Reason.DONE, null);
        }
        var why = new ChannelEvent.Failure(failure.code(), failure.message());
        return new UtteranceEnded(id, at, samples, Reason.FAILED, why);
    }

    /** Ends the engine's work; what was received stays. */
    void giveUp(SpeechFailure why) {
        cancel();
        fail(why);
    }

    void cancel() {
        if (reception != null) {
            reception.cancel();
        }
    }

    Utterance snapshot(ChannelName channel) {
        TextTrack.Offset offset = track.at(samples);
        var progress =
                new Utterance.Progress(track.segments(), track.latest() + 1, offset.character(), offset.estimated());
        return new Utterance(id, channel, request, state, pos, samples, progress, failure);
    }

    @Override
    public void ready() {
        changed.run();
    }

    @Override
    public void marked(SegmentMark mark) {
        if (!received) {
            track.add(mark);
        }
    }

    @Override
    public void received(ByteBuffer buffer) {
        if (!received) {
            frames.add(buffer);
            changed.run();
        }
    }

    @Override
    public void completed() {
        received = true;
        track.end(samples + frames.bufferedSamples());
        frames.end();
        changed.run();
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
            failure = why;
            LOG.atWarn()
                    .addKeyValue("utterance", id)
                    .addKeyValue("code", why.code())
                    .log("an utterance failed");
            frames.end();
            changed.run();
        }
    }
}
