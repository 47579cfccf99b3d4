package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.mix.DuckSettings;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.trace.TraceSpan;
import dev.stentor.usage.Charge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A channel: plays a queue of utterances, one after the other, at speaking pace. Can be interrupted and paused.
 *
 * <p>Public methods may be called from any thread, and work on subscription; everything behind them is confined to the clock's thread,
 * where the output is called too. The next utterance's audio is fetched while the current one plays, up to the settings' bound; then
 * demand on the engine stops. No state waits for a client without a limit: the patience with the engine, an utterance's expiry and the
 * longest pause see to that.
 */
public final class Channel {

    private final ChannelName name;
    private volatile ChannelSettings settings;
    private volatile boolean pinned;
    private final TickClock clock;
    private final ClockCommands commands;
    private final QueueAdmission admission;
    private final ChannelOutput output;
    private final UtteranceQueue queue = new UtteranceQueue();
    private final Stage stage;
    private final Playback playback;
    private final UtteranceLog log = new UtteranceLog();
    private final Prefetcher prefetcher;
    private final PlayLoop loop;
    private final PauseLimit pauseLimit;
    private volatile long lastUseMicros;

    Channel(
            ChannelName name,
            ChannelSettings settings,
            TickClock clock,
            SharedResources shared,
            ChannelOutput output,
            ChannelKeeper keeper,
            Inheritance left) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.commands = new ClockCommands(clock, shared.work());
        this.output = output;
        this.stage =
                new Stage(name, clock, settings.lead(), shared.sources(), shared.stats(), keeper, this::soundChanged);
        this.pinned = left.pinned();
        ChannelOutput watched = new UtteranceWatch(name, output, log, clock, shared.stats(), keeper);
        this.playback = new Playback(queue, settings, stage, watched, shared.stats(), left);
        this.prefetcher = new Prefetcher(queue, clock, shared.engine(), shared.work(), settings);
        this.loop = new PlayLoop(
                clock, queue, prefetcher, playback, output, () -> settings().patience(), this::touch);
        var made = new NewUtterances(name, clock, shared, loop::advance);
        this.admission = new QueueAdmission(queue, log, this::settings, made, keeper);
        this.pauseLimit = new PauseLimit(clock, playback, () -> {
            var _ = clearNow(ClearRequest.all("pause_expired"));
        });
        this.lastUseMicros = clock.micros();
    }

    public ChannelName name() {
        return name;
    }

    /** Returns the output that was opened with this channel; it is the same one after the channel was closed. */
    public ChannelOutput output() {
        return output;
    }

    /** Returns the settings as they were given last; some apply from the next utterance on. */
    public ChannelSettings settings() {
        return settings;
    }

    /** Tells whether it stays when nobody uses it. */
    public boolean isPinned() {
        return pinned;
    }

    /**
     * Changes the settings. Preset, lead and the rules for open texts apply from the next utterance on, all others at once.
     */
    Mono<ChannelStatus> change(ChannelSettings newSettings) {
        return commands.run(() -> {
            checkOpen();
            settings = newSettings;
            admission.keep(newSettings, pinned);
            prefetcher.change(newSettings);
            playback.change(newSettings);
            loop.run(clock.micros());
            return statusNow();
        });
    }

    /** Puts an utterance at the end of the queue, as {@link #speak(UtteranceRequest)} does. */
    public Mono<Utterance> speak(SpeechRequest request) {
        return speak(UtteranceRequest.of(request));
    }

    /**
     * Puts an utterance in the queue, on subscription. Emits the utterance as it is then; fails with {@link ChannelException} if there is
     * no room for it, or if its key was used for something else.
     */
    public Mono<Utterance> speak(UtteranceRequest asked) {
        return Mono.deferContextual(context -> commands.run(() ->
                snapshot(log.repeated(asked).orElseGet(() -> admit(asked, null, TraceSpan.in(context))))));
    }

    /** Emits an utterance of this channel: playing, waiting or recently ended; empty if it is not known, or not any more. */
    public Mono<Utterance> utterance(String id) {
        return commands.runIfPresent(() -> log.find(id).map(this::snapshot).or(() -> log.findPast(id)));
    }

    /** Emits the latest so many utterances that wait, play or have ended, in the order in which they were asked for. */
    public Mono<List<Utterance>> utterances(int count) {
        return commands.run(() -> log.latest(count, this::snapshot));
    }

    /** Cancels an utterance, even if it is being heard; empty if it is not known. One that is over stays as it is. */
    public Mono<Utterance> cancel(String id) {
        return commands.runIfPresent(() -> log.find(id).map(this::cancelNow).or(() -> log.findPast(id)));
    }

    /**
     * Speaks the rest of an utterance that failed, from the segment on at which it did, as a new utterance at the end of the queue; empty
     * if it is not known. Fails with {@link ChannelException} if it has not failed.
     *
     * @param charge what the rest is charged to
     */
    public Mono<Utterance> speakRest(String id, Charge charge) {
        return Mono.deferContextual(context -> commands.runIfPresent(
                () -> log.find(id).map(utterance -> speakRestNow(utterance, charge, TraceSpan.in(context)))));
    }

    /**
     * Appends a piece to the text of an open utterance; empty if the utterance is not known. Fails with {@link ChannelException}, and has
     * changed nothing then, if the piece is not taken.
     *
     * @param number of the piece, from 1 on; one that was taken before does nothing. Null means that it is the next one
     */
    public Mono<TextProgress> write(String id, @Nullable Long number, String piece) {
        return commands.runIfPresent(() -> log.writable(id).map(utterance -> writeNow(utterance, number, piece)));
    }

    /**
     * Ends the text of an open utterance, if it has not ended; empty if the utterance is not known.
     *
     * @param number that of the next piece, to make sure that all came; null means that this is not checked
     */
    public Mono<TextProgress> end(String id, @Nullable Long number) {
        return commands.runIfPresent(() -> log.writable(id).map(utterance -> endNow(utterance, number)));
    }

    /** Makes the channel silent, and clears utterances. */
    public Mono<ClearResult> clear(ClearRequest clear) {
        return commands.run(() -> clearNow(clear));
    }

    /** Pauses the speech where it is; listeners keep what they have got. */
    public Mono<ChannelStatus> pause() {
        return commands.run(() -> {
            checkOpen();
            long now = clock.micros();
            pauseLimit.begin(now, settings.longestPause());
            loop.run(now);
            return statusNow();
        });
    }

    /** Ends the pause: the speech goes on where it was held. */
    public Mono<ChannelStatus> resume() {
        return commands.run(() -> {
            checkOpen();
            long now = clock.micros();
            pauseLimit.release(now);
            loop.wake(now);
            return statusNow();
        });
    }

    /**
     * Puts a source beside the speech, or in another's place, with a cross-fade. The first switches the mixing stage on, as soon as
     * nobody is speaking. A name is any but {@code speech}. Fails with {@link ChannelException}, and changes nothing then, if there are too
     * many sources, or too much sound in memory.
     *
     * @param duck how sources make way from now on, given how they do; called on the clock's thread
     */
    public Mono<MixStatus> put(String name, Source source, UnaryOperator<DuckSettings> duck) {
        return commands.run(() -> mixing(() -> stage.put(name, source, duck)));
    }

    /**
     * Changes how a source is mixed in, without a click, and the ducking. Does nothing if there is none of that name, as the status tells
     * then. Both functions are called on the clock's thread; if one throws, nothing is changed and the answer fails with that.
     */
    public Mono<MixStatus> change(String name, UnaryOperator<Source> how, UnaryOperator<DuckSettings> duck) {
        return commands.run(() -> stage.change(name, how, duck) ? mixing(() -> {}) : stage.status());
    }

    /** Fades a source out and removes it, or forgets that it failed; empty if there was none of that name. */
    public Mono<MixStatus> remove(String source) {
        return commands.runIfPresent(() -> Optional.ofNullable(stage.remove(source) ? mixing(() -> {}) : null));
    }

    /** Changes how the channel mixes. The function is called on the clock's thread; what it throws, the answer fails with. */
    public Mono<MixStatus> mix(UnaryOperator<MixSettings> how) {
        return commands.run(() -> mixing(() -> stage.change(how.apply(stage.settings()))));
    }

    /** Emits the current state of the mix. */
    public Mono<MixStatus> mix() {
        return commands.run(stage::status);
    }

    /** Returns the view of how loud the mix is. */
    public MixMonitor mixMonitor() {
        return stage.monitor();
    }

    /** Emits the current state of the channel. */
    public Mono<ChannelStatus> status() {
        return commands.run(this::statusNow);
    }

    /** Records a use: the channel is kept for a while. Called from any thread. */
    void touch() {
        lastUseMicros = clock.micros();
    }

    /** Keeps the channel, whether or not somebody uses it. Called from any thread. */
    void pin() {
        pinned = true;
    }

    /**
     * Begins, with the texts and the mix that an earlier life left, and paused if that was. Called on the clock's thread.
     *
     * @param restorer makes the sources of the mix again
     */
    void begin(Inheritance left, SourceRestorer restorer) {
        admission.keep(settings, pinned);
        new RestoredSources(clock, stage, playback::pos, loop::isStopped, this::soundChanged, restorer).inherit(left);
        pauseLimit.inherit(left, clock.micros(), settings.longestPause());
        admission.inherit(left, settings.writing(), clock.micros());
        loop.wake(clock.micros());
    }

    /** Tells whether it has had no utterances, no listeners and no other use for so long. Called on the clock's thread. */
    boolean isIdleFor(Duration time) {
        return !pinned
                && queue.isEmpty()
                && !playback.isPaused()
                && !output.hasListeners()
                && clock.micros() - lastUseMicros >= time.toNanos() / 1_000;
    }

    /** Returns the sources that are there now. Called on the clock's thread. */
    Stream<Source> sources() {
        return stage.sources();
    }

    /** Ends all work. Called on the clock's thread. */
    void close() {
        loop.stop();
        stage.close();
        pauseLimit.forget();
        queue.abandonAll();
        output.close();
    }

    private MixStatus mixing(Runnable change) {
        checkOpen();
        change.run();
        soundChanged();
        return stage.status();
    }

    /** Goes on after a change of the sources: something else sounds than before. */
    private void soundChanged() {
        if (!loop.isStopped()) {
            loop.wake(clock.micros());
        }
    }

    private Utterance speakRestNow(ActiveUtterance failed, Charge charge, TraceSpan parent) {
        ResumePoint from = failed.resumePoint();
        return snapshot(admit(UtteranceRequest.of(failed.request().chargedTo(charge)), from, parent));
    }

    private void checkOpen() {
        if (loop.isStopped()) {
            throw new ChannelException(ChannelRefusal.gone());
        }
    }

    private ActiveUtterance admit(UtteranceRequest asked, @Nullable ResumePoint resumedFrom, TraceSpan parent) {
        checkOpen();
        long now = clock.micros();
        ActiveUtterance utterance = admission.make(asked, settings.writing(), resumedFrom, parent, now);
        if (asked.mode() == UtteranceRequest.Mode.INTERRUPT) {
            pauseLimit.forget();
            var _ = playback.clear(ClearRequest.all("interrupt"), now);
        }
        admission.add(utterance);
        loop.wake(now);
        return utterance;
    }

    private TextProgress writeNow(ActiveUtterance utterance, @Nullable Long number, String piece) {
        checkOpen();
        return admission.write(utterance, number, piece);
    }

    private TextProgress endNow(ActiveUtterance utterance, @Nullable Long number) {
        checkOpen();
        return admission.end(utterance, number);
    }

    private Utterance cancelNow(ActiveUtterance utterance) {
        checkOpen();
        long now = clock.micros();
        playback.cancel(utterance, now);
        loop.wake(now);
        return snapshot(utterance);
    }

    private ClearResult clearNow(ClearRequest clear) {
        checkOpen();
        long now = clock.micros();
        pauseLimit.forget();
        List<ActiveUtterance> ended = playback.clear(clear, now);
        long firstPos = playback.pos();
        loop.run(now);
        return new ClearResult(
                playback.generation(),
                firstPos,
                ended.stream().map(this::snapshot).toList());
    }

    private Utterance snapshot(ActiveUtterance utterance) {
        return utterance.snapshot(name, playback.heardAt(clock.micros()), clock.micros());
    }

    private ChannelStatus statusNow() {
        return new ChannelStatus(name, playback.phase(), playback.pos(), queue.size());
    }
}
