package dev.stentor.usage;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The characters that one text costs its caller: those that are reserved for it, and what became of them. A text that is spoken by
 * several calls has a part for each, which takes its characters from the whole. Its owner ends it in whatever way the text ends, also
 * while characters are being reserved. Thread-safe.
 */
public final class Charge {

    /** Stands for texts that nobody is charged for. */
    public static final Charge NONE = new Charge(Account.NONE, null);

    private static final Logger LOG = LoggerFactory.getLogger(Charge.class);
    private static final Service NO_SERVICE = new Service("", "");
    private static final long OVER = -1;

    private final Account account;
    private final @Nullable Charge whole;
    /** Characters that are reserved, and neither given to a part nor back; {@link #OVER} in the end. */
    private final AtomicLong held = new AtomicLong();
    /** Paid characters of which it is not known yet whether anybody hears them; of the whole only. */
    private final ConcurrentMap<Service, Long> paid = new ConcurrentHashMap<>();

    /** Characters that were paid for before this process had the text, and were not spent again yet; of the whole only. */
    private final AtomicLong paidBefore = new AtomicLong();
    /** All characters that the account paid for the text; of the whole only. */
    private final AtomicLong total = new AtomicLong();

    private volatile LongConsumer payments = _ -> {};
    private volatile boolean begun;
    private volatile boolean sent;
    private volatile boolean closed;

    Charge(Account account, @Nullable Charge whole) {
        this.account = account;
        this.whole = whole;
    }

    /**
     * Returns the charge of a text that another process accepted within the limits of its caller, and did not speak to the end.
     *
     * @param name name of the caller's account
     * @param quotas where it is counted now
     * @param paid characters that were counted as paid for it before; so many are not counted again
     */
    public static Charge accepted(String name, Quotas quotas, long paid) {
        var charge = new Charge(new Account(name, Limits.NONE, quotas), null);
        charge.paidBefore.set(paid);
        charge.total.set(paid);
        return charge;
    }

    /** Returns the name of the account that is charged; empty if nobody is. */
    public Optional<String> payer() {
        return isCounted() ? Optional.of(account.name()) : Optional.empty();
    }

    /** Returns how many characters the account has paid for the text so far. */
    public long paidSoFar() {
        return whole().total.get();
    }

    /** Has each payment for the text told to this, on any thread, as all characters that were paid for so far. */
    public void onPaid(LongConsumer told) {
        if (isCounted()) {
            payments = told;
        }
    }

    /** Tells whether anybody is charged. */
    public boolean isCounted() {
        return account.isCounted();
    }

    /** Returns the charge for a part of the text, for which nothing is reserved yet. It is ended by itself. */
    public Charge part() {
        return isCounted() ? new Charge(account, this) : this;
    }

    /**
     * Reserves characters, on subscription: first of those of the whole. Fails with {@link QuotaException} if the account does not have
     * them. Who stops waiting for the answer does not stop the reserving: {@link #end} gives them back.
     */
    public Mono<Void> reserve(long characters) {
        return isCounted() ? Mono.defer(() -> reserveNow(characters)) : Mono.empty();
    }

    private Mono<Void> reserveNow(long characters) {
        long drawn = whole == null ? 0 : whole.draw(characters);
        hold(drawn);
        long more = characters - drawn;
        return more == 0
                ? Mono.empty()
                : Account.toItsEnd(account.quotas().reserve(account, more).then(Mono.fromRunnable(() -> hold(more))));
    }

    /** Records that an engine was called, which will tell what it costs. */
    public void begin() {
        begun = true;
    }

    /** Tells whether an engine was called. */
    public boolean hasBegun() {
        return begun;
    }

    /** Counts characters that a service was paid for. */
    public void paid(Service service, long characters) {
        if (isCounted() && characters > 0) {
            Charge text = whole();
            long due = characters - take(text.paidBefore, characters);
            settle(draw(characters), service, new Characters(due, 0, 0));
            var _ = text.paid.merge(service, due, Long::sum);
            text.payments.accept(text.total.addAndGet(due));
            if (text.closed) {
                text.countUnheard();
            }
        }
    }

    /** Counts characters that nobody was paid for, since they were spoken for another request. */
    public void shared(String model, long characters) {
        if (isCounted() && characters > 0) {
            settle(draw(characters), new Service(model, Service.ARCHIVE), new Characters(0, characters, 0));
        }
    }

    /** Gives back all that is reserved and was not spent; what is reserved later is given back at once. */
    public void end() {
        release(held.getAndSet(OVER));
    }

    /** Records that some of the text's sound was sent to a listener. */
    public void sent() {
        sent = true;
    }

    /** Ends the charge of a channel's text. What was paid for it, and will be, counts as unheard if none of it was sent. */
    public void close() {
        end();
        closed = true;
        countUnheard();
    }

    private void countUnheard() {
        for (Service service : paid.keySet()) {
            Long characters = paid.remove(service);
            if (characters != null && !sent) {
                settle(0, service, new Characters(0, 0, characters));
            }
        }
    }

    /** Takes up to so much of a number that is not negative; returns how much. */
    private static long take(AtomicLong from, long most) {
        return Math.min(from.getAndUpdate(now -> now - Math.min(now, most)), most);
    }

    private Charge whole() {
        Charge text = this;
        while (text.whole != null) {
            text = text.whole;
        }
        return text;
    }

    /** Takes up to so many of the reserved characters; returns how many. */
    private long draw(long most) {
        long before = held.getAndUpdate(now -> now == OVER ? OVER : now - Math.min(now, most));
        return Math.max(0, Math.min(before, most));
    }

    private void hold(long characters) {
        if (held.getAndUpdate(now -> now == OVER ? OVER : now + characters) == OVER) {
            release(characters);
        }
    }

    private void release(long characters) {
        if (characters > 0) {
            settle(characters, NO_SERVICE, Characters.ZERO);
        }
    }

    private void settle(long released, Service service, Characters characters) {
        var _ = account.quotas()
                .settle(account, released, service, characters)
                .subscribe(
                        nothing -> {},
                        failed -> LOG.atError()
                                .addKeyValue("type", failed.getClass().getName())
                                .log("Characters could not be counted."));
    }

    /** Shows nothing of the caller: this may reach a log. */
    @Override
    public String toString() {
        return "Charge[counted=" + isCounted() + "]";
    }
}
