package dev.stentor.relay;

import dev.stentor.broadcast.HeardUntil;
import dev.stentor.channel.ChannelLife;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.cluster.EntryId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * Finder of what earlier lives of a channel left for the one that this node was granted. A channel that is heard here is never left to itself: it waits
 * to go on as the new life, or is ended. Thread-safe.
 *
 * @param heard returns a channel as it is heard here; null if it is not
 * @param follow begins to hear a channel, unless that is so already
 */
record Legacy(
        RelayPorts ports,
        Duration patience,
        Function<ChannelName, @Nullable HeardChannel> heard,
        Function<ChannelName, HeardChannel> follow) {

    /**
     * Emits the life of that epoch, with what was left. Fails with {@code BusException}, or with {@code TimeoutException}, if that cannot be
     * told in time: to begin anew would lose what there is. Then the history is followed further, so that the next attempt takes less.
     */
    Mono<Begun> of(ChannelName name, long epoch, ChannelSettings usual) {
        return ports.bus()
                .last(name.value())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(last -> {
                    HeardChannel history = last.isPresent() ? follow.apply(name) : heard.apply(name);
                    return history == null
                            ? Mono.just(Begun.anew(name, epoch))
                            : left(history, last.orElse(EntryId.NONE), epoch, usual);
                });
    }

    private Mono<Begun> left(HeardChannel history, EntryId last, long epoch, ChannelSettings usual) {
        ChannelName name = history.name();
        Mono<Begun> found = history.heardUntil(last)
                .flatMap(head -> ports.directory()
                        .kept(name.value())
                        .map(texts -> begun(history, texts, last.epoch(), head, epoch, usual)));
        return found.timeout(patience)
                .onErrorResume(JacksonException.class, _ -> Mono.empty())
                .flatMap(begun -> onClock(history::hold).thenReturn(begun))
                .switchIfEmpty(onClock(history::end).thenReturn(Begun.anew(name, epoch)));
    }

    private Begun begun(
            HeardChannel history,
            Map<String, String> texts,
            long formerEpoch,
            HeardUntil head,
            long epoch,
            ChannelSettings usual) {
        ChannelName name = history.name();
        var left =
                KeptForm.inheritance(name, texts, formerEpoch, head, usual, ports.quotas(), System.currentTimeMillis());
        return new Begun(name, new ChannelLife(epoch, left), Set.copyOf(texts.keySet()), history);
    }

    private Mono<Void> onClock(Runnable task) {
        return Mono.create(sink -> ports.clock().execute(() -> {
            task.run();
            sink.success();
        }));
    }
}
