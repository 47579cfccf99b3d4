package dev.stentor.channel;

import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * Decides whether a channel may begin to live in this process. Where several processes share their channels, one alone has each of them.
 * Thread-safe.
 */
public interface ChannelLives {

    /**
     * Emits the right to have a channel. Fails with {@link ChannelException} if another process has it, or nobody can tell. Is not asked for a
     * channel again before the answer has come, and the channel is there.
     */
    Mono<ChannelLife> begin(ChannelName name);

    /** Gives up a life that was begun, but of which no channel came. */
    void abandon(ChannelName name, long epoch);

    /** Returns what keeps the texts of a channel for the next process that has it. */
    ChannelKeeper keeper(ChannelName name, long epoch);

    /**
     * Returns lives in which this process has all channels.
     *
     * @param epochs gives a number that grows from call to call
     */
    static ChannelLives counted(LongSupplier epochs) {
        return new ChannelLives() {
            @Override
            public Mono<ChannelLife> begin(ChannelName name) {
                return Mono.fromSupplier(() -> new ChannelLife(epochs.getAsLong(), null));
            }

            @Override
            public void abandon(ChannelName name, long epoch) {}

            @Override
            public ChannelKeeper keeper(ChannelName name, long epoch) {
                return ChannelKeeper.NONE;
            }
        };
    }
}
