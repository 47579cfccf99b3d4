package dev.stentor.speech.reading;

/** Counter of sound that was cut at a bound. Called from any thread; must not block. */
@FunctionalInterface
public interface SoundBoundStats {

    /** Counts a text for which an engine gave too much sound. */
    void overlong();
}
