package dev.stentor.web.sources;

import dev.stentor.mix.Input;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceSettings;
import dev.stentor.source.SoundStream;
import dev.stentor.speech.SpeechFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a source was made of, and what has become of it, for who looks at it later. Thread-safe. */
final class Made {

    private final SourceBody body;
    private final Supplier<Input> input;
    private final @Nullable Double loudnessLufs;
    private final @Nullable SoundClip sound;
    private volatile boolean putIn;
    private volatile boolean loops;
    private volatile @Nullable SoundStream stream;
    private volatile @Nullable SpeechFailure failure;

    /** How an input is made, given what it belongs to. */
    interface Making {
        Input begin(Made made);
    }

    /** Of what is not held in memory. */
    Made(SourceBody body, Making making) {
        this(body, making, null, null);
    }

    /**
     * Of a sound.
     *
     * @param loudnessLufs null if it is not known, or leaves all as it comes
     */
    Made(SourceBody body, Making making, @Nullable Double loudnessLufs, @Nullable SoundClip sound) {
        this.body = body;
        this.input = () -> making.begin(this);
        this.loudnessLufs = loudnessLufs;
        this.sound = sound;
        this.loops = body.loops();
    }

    SourceBody body() {
        return body;
    }

    /** Makes its input each time it begins. */
    Supplier<Input> input() {
        return input;
    }

    @Nullable Double loudnessLufs() {
        return loudnessLufs;
    }

    /** What it holds in memory; null if nothing. */
    @Nullable SoundClip sound() {
        return sound;
    }

    SourceSettings settings() {
        return body.settings(body.checked());
    }

    /** The channel has it now. */
    void putIn() {
        putIn = true;
    }

    boolean isPutIn() {
        return putIn;
    }

    /** Whether it is played over and over. */
    boolean loops() {
        return loops;
    }

    /** Whether it is played over and over, from its next end on. */
    void loop(boolean newLoops) {
        loops = newLoops;
    }

    /** A stream was opened for it. */
    Input opened(SoundStream opened) {
        stream = opened;
        return opened;
    }

    /** The stream that was opened for it last; null for all else. */
    @Nullable SoundStream stream() {
        return stream;
    }

    /** It could not be spoken, or not to its end. */
    void failed(SpeechFailure why) {
        failure = why;
    }

    /** Why it could not be spoken; null if it could. */
    @Nullable SpeechFailure failure() {
        return failure;
    }
}
