package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.OffsetClock;
import dev.stentor.clock.TickClock;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broadcast of one channel: each event is encoded once for each {@link Rendition}, and handed to all listeners of that. No
 * listener can slow the channel or another listener.
 *
 * <p>Methods that say so may be called from any thread; all else is confined to the clock's thread.
 */
public final class Broadcast implements ChannelOutput {

    /** The time for which a listener waits whose last entry has not come to this node yet. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final OffsetClock clock;
    private final EntryEncoder encoder;
    private final RenditionsByFormat renditions;
    private final PlainFeed plain;
    private final EventFeed news;
    private final Attendance attendance = new Attendance();
    private final Treatment treatment;
    private final ListenerControls controls = new ListenerControls();
    private final CutReports cuts = new CutReports(this::connected);
    private final Players players;
    private final ReportsToClock reports;
    private final RemoteReports remoteReports;
    private EntryRelay relay;
    private final Runnable onClose;
    private volatile long released;
    private boolean closed;
    private boolean removed;
    private boolean handedOver;

    /**
     * Creates a broadcast without listeners.
     *
     * @param start where the entries begin
     * @param tap where its entries go on to other nodes; null if they are not made here
     * @param elsewhere the players of other nodes, which are asked if this one owns the channel
     * @param onClose run once, on the clock's thread
     */
    Broadcast(
            StreamParameters parameters,
            BroadcastStart start,
            SoundEncoding encoding,
            OffsetClock clock,
            ByteBufAllocator allocator,
            BroadcastStats stats,
            @Nullable EntryTap tap,
            PlayersElsewhere elsewhere,
            Runnable onClose) {
        this.clock = clock;
        this.onClose = onClose;
        this.encoder = new EntryEncoder(allocator, start.firstSeq());
        this.plain = new PlainFeed(parameters.settings().node(), clock, encoding, stats);
        this.renditions = new RenditionsByFormat(parameters, encoding, clock, allocator, stats, start);
        this.treatment = new Treatment(parameters, renditions, tap != null, this::tell);
        Supplier<PlayersElsewhere> others = () -> treatment.isOwn() ? elsewhere : PlayersElsewhere.NONE;
        this.players = new Players(parameters.channel(), clock, others, attendance, controls, cuts, plain, this::tell);
        this.news = new EventFeed(parameters.channel(), parameters.epoch(), clock, renditions.past());
        this.reports = new ReportsToClock(clock, news, cuts);
        this.remoteReports = new RemoteReports(parameters.channel(), clock, news, this::settings, others);
        this.relay = relayTo(tap == null ? EntryTap.NONE : tap, start.before());
    }

    /** Admits a listener. It is greeted, and gets entries, on its own event loop, until it leaves. From any thread. */
    public void join(Listener listener, JoinRequest request) {
        attendance.expect();
        clock.execute(() -> {
            JoinRequest.Resume resume = request.resume();
            if (!treatment.isOwn() && resume != null && JoinPoint.isBeyond(resume.seq(), encoder.headSeq())) {
                var _ = clock.after(PATIENCE, () -> admit(listener, request)); // its last entry may be on its way
            } else {
                admit(listener, request);
            }
        });
    }

    /** Returns how many listen, over WebSocket and plain HTTP, on all nodes as far as this one knows; from any thread. */
    public int listeners() {
        return here().listeners() + treatment.remote().listeners();
    }

    /** Returns the audience on this node; from any thread. */
    public RemoteAudience here() {
        return new RemoteAudience(attendance.count() + plain.listeners(), attendance.count(), treatment.isInStep());
    }

    /** Takes note of the audience on all other nodes together. Does something on the node that owns the channel only. */
    public void count(RemoteAudience others) {
        clock.execute(() -> {
            if (!closed) {
                treatment.count(others);
            }
        });
    }

    /** Returns the time of the channel's clock, by which its listeners' reports are dated; from any thread. */
    public long micros() {
        return clock.micros();
    }

    /** Returns the figures of each listener that has joined, over WebSocket and plain HTTP, in no order; from any thread. */
    public List<ListenerStatus> statuses() {
        return Stream.concat(connected(), plain.statuses().stream()).toList();
    }

    private Stream<ListenerStatus> connected() {
        return attendance.statuses(released, clock.micros());
    }

    /** Returns what may be asked of the listeners. */
    public Players players() {
        return players;
    }

    /** Returns how loud all players are to play, as it was last set; from any thread. */
    public PlayerControl control() {
        return controls.all();
    }

    /** Returns the feed of all events but the sound, for back ends. */
    public EventFeed news() {
        return news;
    }

    /** Returns the sound alone, for clients that speak no protocol. */
    public PlainFeed plain() {
        return plain;
    }

    @Override
    public void on(ChannelEvent event) {
        if (event instanceof LeadChanged changed) {
            treatment.follow(parameters().withLead(changed.leadMillis()));
        }
        Entry entry = encoder.encode(event, clock.micros(), parameters().settings());
        relay.on(entry, parameters(), opusBitrate());
        add(entry);
    }

    /**
     * Takes the next entry that the channel's owner has made, and treats listeners as the owner does.
     *
     * @param live whether it is released here now, instead of in the past
     */
    void on(RelayedEntry.Happened happened, boolean live) {
        treatment.follow(happened.state());
        long released = live ? Math.max(happened.releasedMicros(), clock.micros()) : happened.releasedMicros();
        add(encoder.encode(happened.event(), released, parameters().settings()));
    }

    private void tell(ChannelEvent event) {
        on(event);
        flush();
    }

    private void add(Entry entry) {
        treatment.on(entry.event());
        controls.on(entry.event());
        renditions.add(entry);
        news.on(entry);
        remoteReports.on(entry.event());
        released = renditions.past().headPos();
        plain.on(entry.event());
    }

    @Override
    public void flush() {
        renditions.flush();
        relay.flush();
    }

    @Override
    public int ticksUntilSent(long nowMicros) {
        return treatment.ticksUntilSent(nowMicros);
    }

    private StreamParameters parameters() {
        return treatment.parameters();
    }

    private EntryRelay relayTo(EntryTap tap, JoinSnapshot before) {
        return new EntryRelay(
                tap, clock::micros, System::currentTimeMillis, parameters().lineage(), before);
    }

    /** Tells whether its entries come from another node; from any thread. */
    boolean isFed() {
        return !treatment.isOwn();
    }

    /** Returns what another node would find that went on with the channel. */
    Takeover takeover() {
        return new Takeover(renditions.past());
    }

    /** Goes on as a later life of the channel, which lives on this node from now on. */
    void own(long epoch, long leadMillis, EntryTap tap) {
        List<ChannelEvent> endings = takeover().endings(epoch, leadMillis);
        controls.inherit(takeover().control());
        JoinSnapshot before = renditions.past().before(nextSeq());
        goOn(epoch, parameters().lineage().and(new Lineage.Life(parameters().epoch(), encoder.headSeq())));
        relay = relayTo(tap, before);
        endings.forEach(this::on);
        treatment.own();
        flush();
    }

    /** Goes on as a later life of the channel. */
    void goOn(long epoch, Lineage lineage) {
        treatment.follow(parameters().in(epoch, lineage));
        news.goOn(epoch, lineage);
    }

    @Override
    public TickClock clock(TickClock process) {
        return clock;
    }

    /** Tells other nodes that the channel lives here. */
    void begin() {
        relay.begin(encoder.headSeq(), parameters(), opusBitrate());
    }

    /** Returns the number of the entry that comes next. */
    long nextSeq() {
        return encoder.headSeq() + 1;
    }

    @Override
    public boolean hasListeners() {
        return listeners() > 0 || news.isFollowed();
    }

    @Override
    public void close() {
        close(handedOver ? FedBroadcast.SPREAD_MILLIS : 0);
    }

    /** Closes it; listeners that may come back are asked to, spread over that time. */
    void close(long spreadMillis) {
        if (closed) {
            return;
        }
        closed = true;
        players.close();
        if (removed) {
            renditions.audiences().forEach(audience -> audience.sendAway(CloseReason.NO_SUCH_CHANNEL));
            plain.close();
            news.close();
        } else {
            drain(0, spreadMillis);
        }
        relay.close(encoder.headSeq() + 1, handedOver, removed);
        renditions.release();
        encoder.release();
        onClose.run();
    }

    /** Returns how its listeners are treated; from any thread. */
    public BroadcastSettings settings() {
        return parameters().settings();
    }

    /** Returns the bit rate of sound in Opus, in bit/s; from any thread. */
    public int opusBitrate() {
        return renditions.opusBitrate();
    }

    /** Treats its listeners in another way from now on. A rendition in Opus that exists keeps its encoding. */
    void follow(BroadcastSettings newSettings, SoundEncoding newEncoding) {
        renditions.encodeBy(newEncoding);
        treatment.treat(newSettings);
    }

    /** Marks the channel as removed: when it closes, its listeners are told not to come back. */
    void remove() {
        removed = true;
    }

    /** Marks the channel as one that another node goes on with. */
    void handOver() {
        handedOver = true;
    }

    /** Sends all listeners away; they are asked to come back after a rest, spread over the given time. */
    void drain(long restMillis, long spreadMillis) {
        renditions.audiences().forEach(audience -> audience.drain(restMillis, spreadMillis));
        plain.close();
        news.close();
    }

    private void admit(Listener listener, JoinRequest request) {
        if (closed) {
            attendance.dismiss();
            listener.loop()
                    .execute(removed ? () -> listener.sendAway(CloseReason.NO_SUCH_CHANNEL) : () -> listener.bye(0));
            return;
        }
        listener.goBy(clock);
        attendance.add(listener, request.client());
        listener.onReport(reports);
        controls.tell(listener, request.client());
        treatment.count(1);
        if (request.sync()) {
            treatment.playInStep();
        }
        Audience audience = renditions.of(request.format());
        audience.admit(listener, request, () -> clock.execute(() -> dismiss(listener, request, audience)));
    }

    private void dismiss(Listener listener, JoinRequest request, Audience audience) {
        attendance.dismiss();
        attendance.remove(listener, request.client());
        cuts.look();
        if (!closed) {
            treatment.count(-1);
        }
        renditions.dismiss(listener, audience);
    }
}
