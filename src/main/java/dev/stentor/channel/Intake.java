package dev.stentor.channel;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.WholeFile;
import dev.stentor.trace.TraceLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving end of one utterance: counts the engine's sound, takes its segments, and at last its end or its failure. Once it is
 * over, nothing more is taken, whatever the engine gives. Confined to the clock's thread.
 */
final class Intake implements EngineSubscriber.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String utterance;
    private final UtteranceText text;
    private final FrameCutter frames;
    private final TextTrack track;
    private final UtteranceTimer timer;
    private final Runnable changed;
    private final ArrivalRate arrivals = new ArrivalRate();
    private @Nullable EngineSubscriber subscriber;
    private boolean over;
    private @Nullable SpeechFailure failure;
    private @Nullable WholeFile file;
    private long samples;
    /** Samples of the text's beginning that do not belong to this utterance; -1 as long as the number is not known. */
    private long skipped;

    /**
     * Creates an intake that waits for the engine to begin.
     *
     * @param resumed whether the engine begins with a later segment than the first
     * @param frames where the sound goes; they end when it is over
     * @param track where the segments go
     * @param timer is told when the sound begins
     * @param changed called whenever something arrived or ended
     */
    Intake(
            String utterance,
            UtteranceText text,
            boolean resumed,
            FrameCutter frames,
            TextTrack track,
            UtteranceTimer timer,
            Runnable changed) {
        this.utterance = utterance;
        this.text = text;
        this.skipped = resumed ? -1 : 0;
        this.frames = frames;
        this.track = track;
        this.timer = timer;
        this.changed = changed;
    }

    /** Sets the subscriber through which sound is asked for: the engine begins. */
    void begin(EngineSubscriber newSubscriber) {
        subscriber = newSubscriber;
    }

    boolean hasBegun() {
        return subscriber != null;
    }

    /** Tells whether the engine has given all that will be taken. */
    boolean isOver() {
        return over;
    }

    /** Returns why the engine failed; null if it did not. */
    @Nullable SpeechFailure failure() {
        return failure;
    }

    /** Returns the file in which the whole sound is kept; null if there is none, or none was told yet. */
    @Nullable WholeFile file() {
        return file;
    }

    /** Returns how fast and how evenly the sound arrives. */
    ArrivalRate arrivals() {
        return arrivals;
    }

    /** Asks for more, if more is to come and none is on its way. */
    void ask() {
        if (subscriber != null && !over) {
            subscriber.ask();
        }
    }

    /** Returns for how long the engine has owed something, in µs. While it waits for the text it owes nothing. */
    long silentMicros(long nowMicros) {
        return subscriber == null || over ? 0 : text.engineMicros(subscriber.silentMicros(nowMicros), nowMicros);
    }

    /** Ends the engine's work as failed; the sound that was received stays. */
    void giveUp(SpeechFailure why) {
        cancel();
        fail(why);
    }

    /** Ends the engine's work, and drops the sound that was received and not released. */
    void stop() {
        over = true;
        cancel();
        frames.drop();
    }

    /** Ends the engine's work, and then the text's writing: an engine that saw the text end first would take it for whole. */
    void cancel() {
        if (subscriber != null) {
            subscriber.cancel();
        }
        text.close();
    }

    @Override
    public void ready() {
        changed.run();
    }

    /** Remembers the file, which may be told long before the last frame is released, or after it. */
    @Override
    public void kept(@Nullable WholeFile newFile) {
        file = newFile;
    }

    @Override
    public void segmentBegan(SegmentMark segment) {
        if (!over) {
            if (skipped < 0) {
                skipped = segment.firstSample();
            }
            track.add(segment.earlierBy(skipped));
        }
    }

    @Override
    public void received(int count, long waitedMicros, long nowMicros) {
        if (!over) {
            timer.sounded(nowMicros);
            arrivals.add(count, text.engineMicros(waitedMicros, nowMicros));
            samples += count;
            changed.run();
        }
    }

    @Override
    public void completed() {
        if (!over) {
            over = true;
            track.end(samples);
            frames.end();
            changed.run();
        }
    }

    @Override
    public void failed(Throwable error) {
        if (error instanceof SpeechException known) {
            fail(known.failure());
        } else {
            // The error's message is left out: it may hold the text that was to be spoken.
            LOG.atError()
                    .addKeyValue("utterance", utterance)
                    .addKeyValue("type", error.getClass().getName())
                    .log("an engine broke its contract");
            fail(new SpeechFailure.EngineFault("The speech engine failed."));
        }
    }

    private void fail(SpeechFailure why) {
        if (!over) {
            over = true;
            text.close();
            failure = why;
            TraceLog.in(timer.span(), LOG.atWarn())
                    .addKeyValue("utterance", utterance)
                    .addKeyValue("code", why.code())
                    .log("an utterance failed");
            frames.end();
            changed.run();
        }
    }
}
