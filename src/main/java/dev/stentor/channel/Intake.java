package dev.stentor.channel;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.WholeFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine gives of one utterance: sound, marks, and at last its end or its failure. Once it is over nothing more is taken,
 * whatever the engine gives. Confined to the clock's thread.
 */
final class Intake implements EngineSubscriber.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String utterance;
    private final UtteranceText text;
    private final FrameCutter frames;
    private final TextTrack track;
    private final Runnable changed;
    private final ArrivalRate arrivals = new ArrivalRate();
    private @Nullable EngineSubscriber reception;
    private boolean over;
    private @Nullable SpeechFailure failure;
    private @Nullable WholeFile file;
    private long samples;
    /** Samples of the text's beginning that are not this utterance's; -1 as long as that is not known. */
    private long skipped;

    /**
     * Waits for the engine to begin.
     *
     * @param continued whether the engine begins with a later part than the first
     * @param frames where the sound goes
     * @param track where the marks go
     * @param changed called whenever something arrived or ended
     */
    Intake(
            String utterance,
            UtteranceText text,
            boolean continued,
            FrameCutter frames,
            TextTrack track,
            Runnable changed) {
        this.utterance = utterance;
        this.text = text;
        this.skipped = continued ? -1 : 0;
        this.frames = frames;
        this.track = track;
        this.changed = changed;
    }

    /** The engine begins. */
    void begin(EngineSubscriber newReception) {
        reception = newReception;
    }

    boolean hasBegun() {
        return reception != null;
    }

    /** Whether the engine has given all that will be taken. */
    boolean isOver() {
        return over;
    }

    /** What went wrong; null if nothing did. */
    @Nullable SpeechFailure failure() {
        return failure;
    }

    /** Where the whole sound is kept; null if nobody said so, yet. */
    @Nullable WholeFile file() {
        return file;
    }

    /** How the sound comes in. */
    ArrivalRate arrivals() {
        return arrivals;
    }

    /** Asks for more, if more is to come and none is on its way. */
    void ask() {
        if (reception != null && !over) {
            reception.ask();
        }
    }

    /** For how long the engine has owed something; while the text is waited for, it owes nothing. */
    long silentMicros(long nowMicros) {
        return reception == null || over ? 0 : text.engineMicros(reception.silentMicros(nowMicros), nowMicros);
    }

    /** Ends the engine's work as failed; what was received stays. */
    void giveUp(SpeechFailure why) {
        cancel();
        fail(why);
    }

    /** Ends it, and forgets what is there. */
    void stop() {
        over = true;
        cancel();
        frames.drop();
    }

    /** Ends the engine's work, and the text's writing. */
    void cancel() {
        text.close();
        if (reception != null) {
            reception.cancel();
        }
    }

    @Override
    public void ready() {
        changed.run();
    }

    /** The engine has said what became of it, which may be long before the last frame, or after it. */
    @Override
    public void kept(@Nullable WholeFile newFile) {
        file = newFile;
    }

    @Override
    public void marked(SegmentMark mark) {
        if (!over) {
            if (skipped < 0) {
                skipped = mark.firstSample();
            }
            track.add(mark.earlierBy(skipped));
        }
    }

    @Override
    public void received(ByteBuffer buffer, long waitedMicros, long nowMicros) {
        if (!over) {
            int count = buffer.remaining() / Short.BYTES;
            arrivals.add(count, text.engineMicros(waitedMicros, nowMicros));
            samples += count;
            frames.add(buffer);
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
            // Its message may hold the text that was to be spoken.
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
            LOG.atWarn()
                    .addKeyValue("utterance", utterance)
                    .addKeyValue("code", why.code())
                    .log("an utterance failed");
            frames.end();
            changed.run();
        }
    }
}
