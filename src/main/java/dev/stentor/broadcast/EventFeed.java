package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelName;
import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The feed of a channel's events, for back ends that follow it without its sound. Each has a bounded queue of its own; one that
 * does not read is disconnected, alone. {@link #news} may be called from any thread; all else is confined to the clock's
 * thread.
 */
public final class EventFeed {

    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final long LEVELS_MICROS = 250_000;

    private final ChannelName channel;
    private long epoch;
    private Lineage lineage = Lineage.NONE;
    private final TickClock clock;
    private final EntryRing ring;
    private final HeardWatch heard = new HeardWatch();
    private final List<EventFeedClient> clients = new ArrayList<>();
    private final AtomicInteger followers = new AtomicInteger();
    private long levelsMicros = Long.MIN_VALUE;
    private boolean beating;
    private boolean closed;

    /** @param ring the channel's own, which is only read here */
    EventFeed(ChannelName channel, long epoch, TickClock clock, EntryRing ring) {
        this.channel = channel;
        this.epoch = epoch;
        this.clock = clock;
        this.ring = ring;
    }

    /**
     * Follows the channel: emits first what holds now, or what was missed since an entry; then all events, until the channel is
     * given up. Signals come on the clock's thread: move them to another before any work.
     *
     * @param since the last entry that the client knows; null if it knows none
     * @param levels whether {@link FeedEvent#LEVELS} is emitted too: four times a second while a mix sounds, and at its end
     */
    public Flux<FeedEvent> news(FeedEvent.@Nullable Id since, boolean levels) {
        return Flux.defer(() -> {
            var client = new EventFeedClient(levels);
            followers.incrementAndGet();
            clock.execute(() -> add(client, since));
            return client.news().doFinally(signal -> {
                client.leave();
                followers.decrementAndGet();
            });
        });
    }

    /** Goes on in a later life of the channel. */
    void goOn(long newEpoch, Lineage newLineage) {
        epoch = newEpoch;
        lineage = newLineage;
    }

    /** Tells whether anybody follows; from any thread. */
    boolean isFollowed() {
        return followers.get() > 0;
    }

    /** Tells all clients of an entry that was added to the ring. */
    void on(Entry entry) {
        heard.on(entry.event());
        if (!clients.isEmpty() && !entry.json().isEmpty()) {
            tell(FeedEvent.of(epoch, entry));
        }
        if (!clients.isEmpty() && entry.event() instanceof Audio audio && audio.mixed()) {
            tellLevels(audio.last());
        }
    }

    /**
     * Asks for the levels of a mix to be told, if it is time. The frames of a mix are the clock of it: without them nothing is
     * told.
     */
    private void tellLevels(boolean last) {
        long now = clock.micros();
        if (last || levelsMicros == Long.MIN_VALUE || now - levelsMicros >= LEVELS_MICROS) {
            levelsMicros = last ? Long.MIN_VALUE : now;
            clients.stream().filter(EventFeedClient::wantsLevels).forEach(client -> client.emit(FeedEvent.LEVELS));
        }
    }

    /** Tells all clients what a listener's report says about utterances that it has heard to the end. */
    void reported(ListenerStatus listener) {
        heard.reported(listener).forEach(this::tell);
    }

    void close() {
        closed = true;
        clients.forEach(EventFeedClient::end);
        clients.clear();
    }

    private void add(EventFeedClient client, FeedEvent.@Nullable Id since) {
        if (closed) {
            client.end();
            return;
        }
        long head = ring.nextSeq() - 1;
        boolean goesOn = since != null
                && since.seq()
                        <= (since.epoch() == epoch
                                ? head
                                : lineage.lastSeqOf(since.epoch()).orElse(-1))
                && (since.seq() == head || ring.holds(since.seq() + 1));
        if (since != null && goesOn) {
            client.emit(open(since.seq(), List.of()));
            for (long seq = since.seq() + 1; seq <= head; seq++) {
                Entry entry = ring.get(seq);
                if (!entry.json().isEmpty()) {
                    client.emit(FeedEvent.of(epoch, entry));
                }
            }
        } else {
            client.emit(open(head, ring.before(ring.nextSeq()).events()));
            if (since != null) {
                client.emit(gap(since, head));
            }
        }
        clients.add(client);
        if (!beating) {
            beating = true;
            beatLater();
        }
    }

    private FeedEvent open(long seq, List<String> now) {
        String json = JsonLine.object(out -> {
            out.writeStringProperty("t", "open");
            out.writeStringProperty("channel", channel.value());
            out.writeNumberProperty("epoch", epoch);
            out.writeNumberProperty("head_seq", ring.nextSeq() - 1);
            out.writeArrayPropertyStart("now");
            now.forEach(out::writeRawValue);
            out.writeEndArray();
        });
        return new FeedEvent(new FeedEvent.Id(epoch, seq), "open", json);
    }

    /** Returns the event of a gap. How much was missed is known only within one life of the channel. */
    private FeedEvent gap(FeedEvent.Id since, long head) {
        boolean sameLife = since.epoch() == epoch && since.seq() <= head;
        String json = JsonLine.object(out -> {
            out.writeStringProperty("t", "gap");
            if (sameLife) {
                out.writeNumberProperty("from_seq", since.seq() + 1);
                out.writeNumberProperty("to_seq", head);
            }
            out.writeStringProperty("cause", sameLife ? "history" : "epoch");
        });
        return new FeedEvent(null, "gap", json);
    }

    private void tell(FeedEvent news) {
        clients.removeIf(EventFeedClient::isOver);
        clients.forEach(client -> client.emit(news));
    }

    private void beatLater() {
        var _ = clock.after(BEAT, () -> {
            tell(FeedEvent.SIGN_OF_LIFE);
            beating = !closed && !clients.isEmpty();
            if (beating) {
                beatLater();
            }
        });
    }
}
