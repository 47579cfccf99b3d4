package dev.stentor.web.sources;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceSettings;
import dev.stentor.source.SoundStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a source was made of, for who looks at it later. Thread-safe.
 *
 * @param loudnessLufs null if it is not known
 */
record Made(
        SourceBody body,
        Supplier<Input> input,
        @Nullable Double loudnessLufs,
        AtomicReference<@Nullable SoundStream> stream) {

    static Made of(SourceBody body, Supplier<Input> input, @Nullable Double loudnessLufs) {
        return new Made(body, input, loudnessLufs, new AtomicReference<>());
    }

    /** A stream that is opened when the source begins. */
    static Made of(SourceBody body, Supplier<SoundStream> opening) {
        AtomicReference<@Nullable SoundStream> stream = new AtomicReference<>();
        return new Made(
                body,
                () -> {
                    SoundStream opened = opening.get();
                    stream.set(opened);
                    return opened;
                },
                null,
                stream);
    }

    SourceSettings settings() {
        return body.settings(body.checked());
    }
}
