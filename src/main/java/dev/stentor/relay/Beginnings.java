package dev.stentor.relay;

import dev.stentor.channel.ChannelLife;
import dev.stentor.channel.ChannelName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The lives of channels that this node is about to begin: one at a time for each channel, however many ask. A life that none of them claims is
 * given up when the last one has gone. Thread-safe.
 */
final class Beginnings {

    private final Map<ChannelName, Beginning> begun = new ConcurrentHashMap<>();
    private final Predicate<ChannelName> isHere;
    private final Function<ChannelName, Mono<Begun>> begin;
    private final Consumer<Begun> giveUp;

    /** A life on its way to those who asked for it. Guarded by the atomic steps of the map. */
    private static final class Beginning {
        private final Sinks.One<ChannelLife> life = Sinks.one();
        private int asking = 1;
        private @Nullable Begun ready;
    }

    /**
     * Creates the lives.
     *
     * @param isHere whether a channel is open on this node
     * @param begin begins a life; its answer is never cancelled
     * @param giveUp takes what was begun for nobody
     */
    Beginnings(Predicate<ChannelName> isHere, Function<ChannelName, Mono<Begun>> begin, Consumer<Begun> giveUp) {
        this.isHere = isHere;
        this.begin = begin;
        this.giveUp = giveUp;
    }

    /** Emits the life of a channel, the same to all who ask before it is claimed. Each may claim it while it is emitted. */
    Mono<ChannelLife> begin(ChannelName name) {
        return Mono.defer(() -> {
            var first = new AtomicReference<Beginning>();
            Beginning joined = begun.compute(name, (_, known) -> {
                if (known != null) {
                    known.asking++;
                    return known;
                }
                if (isHere.test(name)) {
                    return null;
                }
                first.set(new Beginning());
                return first.get();
            });
            if (joined == null) {
                return Mono.just(ChannelLife.PRESENT);
            }
            if (first.get() != null) {
                start(name, joined);
            }
            return joined.life.asMono().doFinally(_ -> leave(name, joined));
        });
    }

    /** Tells whether a life of the channel is being begun. */
    boolean isBeginning(ChannelName name) {
        return begun.containsKey(name);
    }

    /**
     * Claims a life for the channel that is opened now; empty if that life is over already.
     *
     * @param open opens the channel, which is here as soon as nobody can join the beginning any more
     */
    <T> Optional<T> claim(ChannelName name, long epoch, Function<Begun, T> open) {
        var opened = new AtomicReference<T>();
        begun.computeIfPresent(name, (_, known) -> {
            Begun ready = known.ready;
            if (ready == null || ready.life().epoch() != epoch) {
                return known;
            }
            opened.set(open.apply(ready));
            return null;
        });
        return Optional.ofNullable(opened.get());
    }

    private void start(ChannelName name, Beginning beginning) {
        var _ = begin.apply(name).subscribe(ready -> take(name, beginning, ready), failed -> {
            begun.remove(name, beginning);
            var _ = beginning.life.tryEmitError(failed);
        });
    }

    private void take(ChannelName name, Beginning beginning, Begun ready) {
        Beginning wanted = begun.computeIfPresent(name, (_, known) -> {
            known.ready = ready;
            return known.asking == 0 ? null : known;
        });
        if (wanted == null) {
            giveUp.accept(ready);
        } else {
            var _ = beginning.life.tryEmitValue(ready.life());
        }
    }

    private void leave(ChannelName name, Beginning left) {
        var unclaimed = new AtomicReference<Begun>();
        begun.computeIfPresent(name, (_, known) -> {
            if (known != left || --known.asking > 0 || known.ready == null) {
                return known;
            }
            unclaimed.set(known.ready);
            return null;
        });
        if (unclaimed.get() != null) {
            giveUp.accept(unclaimed.get());
        }
    }
}
