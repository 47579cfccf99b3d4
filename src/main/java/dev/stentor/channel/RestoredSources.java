package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The sources and settings of a mix that an earlier life of the channel left, on their way back. Confined to the clock's thread.
 *
 * @param pos tells the position of the next frame
 * @param isOver tells whether the channel is closed
 * @param changed called when a source has come back, or cannot
 * @param restorer makes sources again
 */
record RestoredSources(
        TickClock clock,
        Stage stage,
        LongSupplier pos,
        BooleanSupplier isOver,
        Runnable changed,
        SourceRestorer restorer) {

    /** Takes the settings over, and brings those sources back that can be made again. The others are shown as failed. */
    void inherit(Inheritance left) {
        stage.monitor().countOnFrom(left.pos());
        if (left.mix() != null) {
            stage.change(left.mix());
        }
        left.sources().forEach(this::restore);
    }

    private void restore(KeptSource former) {
        String recipe = former.recipe();
        Mono<Source> made = recipe == null ? Mono.empty() : restorer.restore(recipe, former.settings());
        var _ = made.map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .onErrorReturn(Optional.empty())
                .subscribe(source -> clock.execute(() -> goOn(former, source.orElse(null))));
    }

    private void goOn(KeptSource former, @Nullable Source source) {
        SourceRegistry sources = stage.registry();
        if (isOver.getAsBoolean() || sources.find(former.name()).isPresent()) {
            return; // somebody has put in another one by now
        }
        if (source == null || !put(former, source)) {
            sources.lost(former.name());
            stage.monitor().changed();
        }
        changed.run();
    }

    private boolean put(KeptSource former, Source source) {
        try {
            stage.put(former.name(), stage.kept().goingOn(former, source, pos.getAsLong()), UnaryOperator.identity());
            return true;
        } catch (ChannelException _) { // there is no room for it here
            return false;
        }
    }
}
