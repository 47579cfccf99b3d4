package dev.stentor.web.sources;

import dev.stentor.mix.SilentInput;
import dev.stentor.mix.SoundClip;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundStreams;
import dev.stentor.source.SpokenSource;
import dev.stentor.source.StoredSound;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.Problem;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes what a body asks for, ready to sound. Thread-safe. */
final class SourceMaker {

    private final SoundLibrary library;
    private final SoundStreams streams;
    private final SpeechEngine engine;
    private final Scheduler work;

    SourceMaker(SoundLibrary library, SoundStreams streams, SpeechEngine engine, Scheduler work) {
        this.library = library;
        this.streams = streams;
        this.engine = engine;
        this.work = work;
    }

    /** A sound is read into memory first; a stream is not connected to before its source begins. */
    Mono<Made> make(SourceBody body) {
        return switch (body.checked()) {
            case BED -> body.url() == null ? bed(body) : Mono.fromSupplier(() -> stream(body));
            case EARCON ->
                library.load(FieldChecks.sound(body.sound()))
                        .map(stored -> new Made(body, _ -> stored.sound().once(), null, stored.sound()));
            case SPEECH -> Mono.fromSupplier(() -> spoken(body, body.request()));
            case SILENCE -> Mono.just(new Made(body, _ -> new SilentInput()));
        };
    }

    private Mono<Made> bed(SourceBody body) {
        return library.load(FieldChecks.sound(body.sound())).map(stored -> {
            SoundClip.Loop loop = stored.loop();
            return new Made(body, made -> loop.input(made::loops), loudness(stored), stored.sound());
        });
    }

    private Made stream(SourceBody body) {
        URI address = body.address();
        streams.check(address);
        boolean live = Boolean.TRUE.equals(body.live());
        return new Made(body, made -> made.opened(streams.open(address, made::loops, live)));
    }

    private Made spoken(SourceBody body, SpeechRequest request) {
        engine.objection(request).ifPresent(wrong -> {
            throw Problem.invalid(wrong.field(), wrong.message())
                    .withCode(wrong.code())
                    .exception();
        });
        return new Made(body, made -> SpokenSource.of(engine, request, work, made::failed));
    }

    private static @Nullable Double loudness(StoredSound stored) {
        double lufs = stored.sound().loudnessLufs();
        return Double.isInfinite(lufs) ? null : lufs;
    }
}
