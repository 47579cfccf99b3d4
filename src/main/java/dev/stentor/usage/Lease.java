package dev.stentor.usage;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One of a kind of which a caller may have only so many at once, such as a channel. Its owner closes it in whatever way its use ends,
 * also while it is being taken. Thread-safe.
 */
public final class Lease implements AutoCloseable {

    /** Stands for nothing that is counted. */
    public static final Lease NONE = new Lease(Account.NONE, Quota.CHANNELS);

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Account account;
    private final Quota kind;
    private final AtomicReference<State> state = new AtomicReference<>(State.FREE);

    private enum State {
        FREE,
        TAKEN,
        CLOSED
    }

    Lease(Account account, Quota kind) {
        this.account = account;
        this.kind = kind;
    }

    /**
     * Takes it, on subscription, once; fails with {@link QuotaException} if there are as many as may be. Who stops waiting for the answer
     * does not stop the taking: it is given back once it is there, if this was closed.
     */
    public Mono<Void> take() {
        return account.limits().of(kind) == 0
                ? Mono.empty()
                : Account.toItsEnd(account.quotas().enter(account, kind).then(Mono.fromRunnable(this::taken)));
    }

    private void taken() {
        if (!state.compareAndSet(State.FREE, State.TAKEN)) {
            giveBack(); // closed meanwhile
        }
    }

    /** Gives it back, if it was taken; more often than once does nothing. */
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.TAKEN) {
            giveBack();
        }
    }

    private void giveBack() {
        var _ = account.quotas()
                .leave(account, kind)
                .subscribe(
                        nothing -> {},
                        failed -> LOG.atError()
                                .addKeyValue("type", failed.getClass().getName())
                                .log("What a caller has left could not be counted."));
    }
}
