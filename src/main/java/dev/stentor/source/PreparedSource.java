package dev.stentor.source;

import dev.stentor.mix.Input;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.speech.SpeechFailure;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A source that is ready to be put in: its content, and the state of it while it plays. Thread-safe. */
public final class PreparedSource implements SourceOrigin {

    private final SourceContent content;
    private final Function<PreparedSource, Input> opening;
    private final @Nullable String when;
    private final @Nullable StoredSound stored;
    private volatile boolean loops;
    private volatile @Nullable SoundStream stream;
    private volatile @Nullable SpeechFailure failure;

    /**
     * Creates a source that has not begun.
     *
     * @param loops whether a bed is played over and over, or its stream fetched again
     * @param when the client's word for the time at which it begins; only shown, null if it said none
     * @param stored the sound that it plays from memory; null if it plays none
     * @param opening makes an input for this source; called on the clock's thread, must not block
     */
    PreparedSource(
            SourceContent content,
            boolean loops,
            @Nullable String when,
            @Nullable StoredSound stored,
            Function<PreparedSource, Input> opening) {
        this.content = content;
        this.loops = loops;
        this.when = when;
        this.stored = stored;
        this.opening = opening;
    }

    public SourceContent content() {
        return content;
    }

    /** Returns the client's word for the time at which it begins; empty if it said none. */
    public Optional<String> when() {
        return Optional.ofNullable(when);
    }

    /** Makes its input; once each time the source begins. On the clock's thread, does not block. */
    public Input open() {
        return opening.apply(this);
    }

    /**
     * Returns the loudness of a bed, in LUFS; null if it is not known, or the source is to be left as loud as it comes. Only
     * sounds of the library that are played over and over have one.
     */
    public @Nullable Double loudnessLufs() {
        if (stored == null || !(content instanceof SourceContent.Bed)) {
            return null;
        }
        double lufs = stored.sound().loudnessLufs();
        return Double.isInfinite(lufs) ? null : lufs;
    }

    @Override
    public Optional<SoundClip> clip() {
        return Optional.ofNullable(stored).map(StoredSound::sound);
    }

    /** Tells whether the source is a bed, which alone can be played over and over. */
    public boolean isBed() {
        return content instanceof SourceContent.Bed || content instanceof SourceContent.StreamedBed;
    }

    /** Tells whether it is played over and over, or fetched again. */
    public boolean loops() {
        return loops;
    }

    /** Sets whether it is played over and over, or fetched again; takes effect at its next end. */
    public void loop(boolean newLoops) {
        loops = newLoops;
    }

    /** Returns the status of the stream that was opened last; empty if the source is no stream, or has not begun. */
    public Optional<SoundStream.Status> streamStatus() {
        return Optional.ofNullable(stream).map(SoundStream::status);
    }

    /** Returns why the text was not spoken to its end; empty unless that happened. */
    public Optional<SpeechFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Optional<String> recipe() {
        return SourceRecipe.of(content, loops);
    }

    @Override
    public boolean hasFailed() {
        return failure != null;
    }

    /** Keeps the stream that was opened for it, and returns that. */
    Input opened(SoundStream opened) {
        stream = opened;
        return opened;
    }

    /** Keeps why its text was not spoken to its end. */
    void failed(SpeechFailure why) {
        failure = why;
    }
}
