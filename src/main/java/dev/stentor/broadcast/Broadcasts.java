package dev.stentor.broadcast;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.clock.OffsetClock;
import dev.stentor.clock.TickClock;
import dev.stentor.codec.Mp3BitRate;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The broadcasts of all channels of this process, one each. Thread-safe. */
public final class Broadcasts implements ChannelOutput.Factory {

    private final Map<ChannelName, Broadcast> broadcasts = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private volatile boolean draining;
    private final BroadcastSettings settings;
    private final SoundEncoding encoding;
    private final TickClock clock;
    private final ByteBufAllocator allocator;
    private final BroadcastStats stats;
    private volatile EntryTap.Factory taps = (_, _) -> EntryTap.NONE;
    private volatile PlayersElsewhere elsewhere = PlayersElsewhere.NONE;

    /**
     * Creates an empty registry.
     *
     * @param encoding for listeners that want another format than PCM
     * @param allocator of the messages' memory
     */
    public Broadcasts(
            BroadcastSettings settings,
            SoundEncoding encoding,
            TickClock clock,
            ByteBufAllocator allocator,
            BroadcastStats stats) {
        this.settings = settings;
        this.encoding = encoding;
        this.clock = clock;
        this.allocator = allocator;
        this.stats = stats;
    }

    /** Returns how listeners are treated, unless a channel wishes otherwise. */
    public BroadcastSettings settings() {
        return settings;
    }

    /** Returns the formats that listeners may choose from; the first is for those who do not choose. */
    public List<Format> formats() {
        return List.of(Format.PCM, Format.OPUS);
    }

    /** Returns the bit rate of sound in Opus, in bit/s, unless a channel wishes another. */
    public int opusBitrate() {
        return encoding.opus().bitsPerSecond();
    }

    /** Returns the bit rate of sound in MP3. */
    public Mp3BitRate mp3BitRate() {
        return encoding.mp3();
    }

    /** Returns the source of the monotonic time in µs that entries carry. */
    public LongSupplier micros() {
        return clock::micros;
    }

    /**
     * Returns the broadcast that was opened with a channel of these broadcasts. It is there also if the channel has been closed
     * meanwhile; listeners that join it then are sent away.
     */
    public Broadcast of(Channel channel) {
        if (channel.output() instanceof Broadcast broadcast) {
            return broadcast;
        }
        throw new IllegalArgumentException("the channel " + channel.name() + " has another output");
    }

    /** Returns the broadcast of a channel that is open. */
    public Optional<Broadcast> find(ChannelName channel) {
        return Optional.ofNullable(broadcasts.get(channel));
    }

    /** Treats the listeners of a channel that is open by its wishes, from now on. */
    public void adjust(ChannelName channel, DeliverySettings wishes) {
        BroadcastSettings wanted = settings.with(wishes);
        Integer rate = wishes.opusBitrate();
        SoundEncoding itsEncoding = rate == null ? encoding : encoding.at(rate);
        clock.execute(() -> find(channel).ifPresent(broadcast -> broadcast.follow(wanted, itsEncoding)));
    }

    /** Marks a channel as about to be removed: when it closes, its listeners are told not to come back. */
    public void remove(ChannelName channel) {
        clock.execute(() -> find(channel).ifPresent(Broadcast::remove));
    }

    /** Marks a channel as one that another node goes on with: when it closes, its listeners are asked to come back. */
    public void handOver(ChannelName channel) {
        clock.execute(() -> find(channel).ifPresent(Broadcast::handOver));
    }

    @Override
    public ChannelOutput open(ChannelName name, long epoch, ChannelSettings channel) {
        EntryTap tap = taps.open(name, epoch);
        Broadcast heard = broadcasts.get(name);
        if (heard != null && heard.isFed()) {
            clock.execute(() -> heard.own(epoch, channel.lead().toMillis(), tap));
            return heard;
        }
        var parameters =
                new StreamParameters(name, epoch, channel.lead().toMillis(), settings, !tap.equals(EntryTap.NONE));
        var its = new OffsetClock(clock, name.hashCode());
        var broadcast = make(parameters, BroadcastStart.ANEW, encoding, its, tap, () -> {});
        clock.execute(broadcast::begin);
        return broadcast;
    }

    /**
     * Shares the channels that are opened from now on with other nodes.
     *
     * @param newTaps take what the others are told
     * @param others what the others' players may be asked
     */
    public void share(EntryTap.Factory newTaps, PlayersElsewhere others) {
        taps = newTaps;
        elsewhere = others;
    }

    /** Emits the figures of all listeners of a channel of this node, on whichever node they are. */
    public Mono<List<ListenerStatus>> listeners(ChannelName channel) {
        List<ListenerStatus> here = find(channel).map(Broadcast::statuses).orElse(List.of());
        return elsewhere
                .listeners(channel)
                .map(there -> Stream.concat(here.stream(), there.stream()).toList());
    }

    /**
     * Opens the broadcast of a channel that another node owns; it is heard as soon as the first state has come from there.
     *
     * @param time clock of the channel, as well as it is known
     * @param onClose run once when the broadcast is over, on the clock's thread
     */
    public FedBroadcast feed(ChannelName name, OffsetClock time, Runnable onClose) {
        return new FedBroadcast(
                (epoch, state, start) -> {
                    RelayedState known = state.on(settings);
                    var parameters = new StreamParameters(
                            name, epoch, known.lineage(), known.leadMillis(), known.settings(), Format.PCM, true);
                    return make(parameters, start, encoding.at(known.opusBitrate()), time, null, onClose);
                },
                time);
    }

    private Broadcast make(
            StreamParameters parameters,
            BroadcastStart start,
            SoundEncoding itsEncoding,
            OffsetClock time,
            @Nullable EntryTap tap,
            Runnable onClose) {
        ChannelName name = parameters.channel();
        var made = new AtomicReference<Broadcast>();
        Runnable gone = () -> {
            broadcasts.remove(name, made.get());
            onClose.run();
        };
        var broadcast = new Broadcast(parameters, start, itsEncoding, time, allocator, stats, tap, elsewhere, gone);
        made.set(broadcast);
        broadcasts.put(name, broadcast);
        return broadcast;
    }

    /** Counts one more connection, if there is room. If true, {@link #dismiss} must follow. */
    public boolean admit() {
        if (draining) {
            return false;
        }
        if (admitted.incrementAndGet() <= settings.maxListeners()) {
            return true;
        }
        admitted.decrementAndGet();
        return false;
    }

    /** Counts one connection less. */
    public void dismiss() {
        admitted.decrementAndGet();
    }

    /** Returns how many connections there are now. */
    public int connections() {
        return admitted.get();
    }

    /** Tells whether all listeners are being sent away, and no more are admitted. */
    public boolean isDraining() {
        return draining;
    }

    /**
     * Sends all listeners away and admits no more. They are asked to come back after {@code rest}, not all at once but spread
     * over {@code spread}.
     */
    public void drain(Duration rest, Duration spread) {
        draining = true;
        clock.execute(() -> broadcasts.values().forEach(broadcast -> {
            broadcast.handOver();
            broadcast.drain(rest.toMillis(), spread.toMillis());
        }));
    }
}
