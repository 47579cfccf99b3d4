package dev.stentor.source;

import dev.stentor.mix.SilentInput;
import dev.stentor.mix.SoundClip;
import dev.stentor.speech.SpeechEngine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Prepares sources from their content. Thread-safe. */
public final class SourceFactory {

    private final SoundLibrary library;
    private final SoundStreams streams;
    private final SpeechEngine engine;
    private final Scheduler work;

    /**
     * Creates a factory.
     *
     * @param engine speaks the sources that are texts
     * @param work starts the engine; not owned
     */
    public SourceFactory(SoundLibrary library, SoundStreams streams, SpeechEngine engine, Scheduler work) {
        this.library = library;
        this.streams = streams;
        this.engine = engine;
        this.work = work;
    }

    /**
     * Prepares a source. Reads a sound into memory first; connects to no stream, and speaks no text, before the source begins.
     * Fails with {@link SourceException} if there is no such sound, or its address is not allowed, and with
     * {@link dev.stentor.audio.UnreadableSound} if a sound cannot be read.
     *
     * @param loops whether a bed is played over and over, or its stream fetched again
     * @param when the client's word for the time at which it begins; only shown
     */
    public Mono<PreparedSource> prepare(SourceContent content, boolean loops, @Nullable String when) {
        return switch (content) {
            case SourceContent.Bed(SoundName sound) ->
                library.load(sound).map(stored -> {
                    SoundClip.Loop loop = stored.loop();
                    return new PreparedSource(content, loops, when, stored, source -> loop.input(source::loops));
                });
            case SourceContent.StreamedBed stream -> Mono.fromSupplier(() -> streamed(stream, loops, when));
            case SourceContent.Earcon(SoundName sound) ->
                library.load(sound)
                        .map(stored -> new PreparedSource(
                                content,
                                loops,
                                when,
                                stored,
                                _ -> stored.sound().once()));
            case SourceContent.SpokenText(var request) ->
                Mono.just(new PreparedSource(
                        content, loops, when, null, source -> SpokenSource.of(engine, request, work, source::failed)));
            case SourceContent.Silence _ ->
                Mono.just(new PreparedSource(content, loops, when, null, _ -> new SilentInput()));
        };
    }

    /** Prepares a source by its recipe, see {@link PreparedSource#recipe}, as {@link #prepare} does; empty if that is none. */
    public Mono<PreparedSource> again(String recipe) {
        return Mono.justOrEmpty(SourceRecipe.read(recipe)).flatMap(content -> prepare(content, true, null));
    }

    private PreparedSource streamed(SourceContent.StreamedBed content, boolean loops, @Nullable String when) {
        streams.check(content.address());
        return new PreparedSource(
                content,
                loops,
                when,
                null,
                source -> source.opened(streams.open(content.address(), source::loops, content.live())));
    }
}
