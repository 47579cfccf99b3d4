package dev.stentor.channel;

import dev.stentor.mix.SourceSettings;
import reactor.core.publisher.Mono;

/** A maker of sources that another process had. Called on the clock's thread; must not block. */
@FunctionalInterface
public interface SourceRestorer {

    /** A restorer that can make none. */
    SourceRestorer NONE = (_, _) -> Mono.empty();

    /** Emits a source made by its recipe; empty, or fails, if it cannot be made. */
    Mono<Source> restore(String recipe, SourceSettings settings);
}
