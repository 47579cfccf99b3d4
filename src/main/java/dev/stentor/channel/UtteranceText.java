package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.LiveText;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** The text of one utterance: given whole, or still being written. Confined to the clock's thread, except for {@link #speak}. */
sealed interface UtteranceText permits WholeText, OpenText {

    /**
     * Creates the text of an utterance, open or whole as it is asked for.
     *
     * @param work where the segments of an open text are handed to their readers
     */
    static UtteranceText of(UtteranceRequest asked, TickClock clock, Scheduler work, OpenTextSettings writing) {
        return asked.open() ? new OpenText(clock, work, writing, asked.request()) : new WholeText(asked.request());
    }

    /** Returns the characters that are known by now. */
    GrowingText characters();

    /** Returns the request to speak it, with all of the text that is known by now. */
    SpeechRequest request();

    /**
     * Returns the speech of the text. Called once, on any thread.
     *
     * @param engine speaks a text that was given whole
     * @param live speaks a text that is still being written
     */
    Speech speak(SpeechEngine engine, LiveText live);

    /** Tells whether more may be written. */
    boolean isOpen();

    /** Tells whether all that was written has been spoken, and more may come: the engine has nothing to do. */
    boolean isStarving();

    /** Tells whether another utterance can speak the rest of it after a failure. */
    boolean isResumable();

    /** Returns during how many of the last {@code micros} µs the engine had text to speak. */
    long engineMicros(long micros, long nowMicros);

    /**
     * Returns how many characters count against the queue limit: all of a text that was given whole, and those of an open text that
     * were not released yet.
     *
     * @param released gives the number of characters that were released
     */
    int waitingCharacters(IntSupplier released);

    /** Sets where it learns how many samples of its sound have arrived and were not released yet. */
    void watch(LongSupplier unreleasedSamples);

    /** Returns the text to write to; throws {@link ChannelException} if it was given whole. */
    OpenText writable();

    /** Returns how far the text of an open utterance is; null if it was given whole. */
    @Nullable TextProgress progress(String utterance, Utterance.State state);

    /** Takes nothing more: the utterance is over. */
    void close();
}
