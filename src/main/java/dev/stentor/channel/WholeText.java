package dev.stentor.channel;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.LiveText;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A text that was given whole. Never changes: its characters are complete from the start. */
final class WholeText implements UtteranceText {

    private final SpeechRequest request;
    private final GrowingText characters;

    WholeText(SpeechRequest request) {
        this.request = request;
        this.characters = new GrowingText(request.text());
    }

    @Override
    public GrowingText characters() {
        return characters;
    }

    @Override
    public SpeechRequest request() {
        return request;
    }

    @Override
    public Speech speak(SpeechEngine engine, LiveText live) {
        return engine.speak(request);
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public boolean isStarving() {
        return false;
    }

    @Override
    public boolean isResumable() {
        return true;
    }

    @Override
    public long engineMicros(long micros, long nowMicros) {
        return micros;
    }

    @Override
    public int waitingCharacters(IntSupplier released) {
        return characters.length();
    }

    @Override
    public void watch(LongSupplier unreleasedSamples) {
        // Not needed: a whole text does not depend on how much is unreleased.
    }

    @Override
    public OpenText writable() {
        throw new ChannelException(ChannelRefusal.notOpen());
    }

    @Override
    public @Nullable TextProgress progress(String utterance, Utterance.State state) {
        return null;
    }

    @Override
    public void close() {
        // Nothing to do: it takes no more text anyway.
    }
}
