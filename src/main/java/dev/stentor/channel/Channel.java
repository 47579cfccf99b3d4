package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SourceSettings;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Plays a queue of utterances, one after the other, at speaking pace; can be interrupted, and held.
 *
 * <p>Public methods may be called from any thread; everything behind them is confined to the clock's thread, where the output is
 * called too. The next utterance's audio is fetched while the current one plays, up to the settings' bound; then demand on the
 * engine stops. No state waits for a client: the engine's patience, an utterance's expiry and the longest pause see to that.
 */
public final class Channel {

    private final ChannelName name;
    private volatile ChannelSettings settings;
    private volatile boolean pinned;
    private final TickClock clock;
    private final Scheduler work;
    private final Supplier<String> ids;
    private final ChannelOutput output;
    private final UtteranceQueue queue = new UtteranceQueue();
    private final Stage stage;
    private final Playback playback;
    private final UtteranceLog log = new UtteranceLog();
    private final Prefetcher fetching;
    private final PlayLoop drive;
    private final PauseLimit hold;
    private final QueueLimits room;
    private volatile long lastUseMicros;

    Channel(
            ChannelName name,
            ChannelSettings settings,
            TickClock clock,
            SpeechEngine engine,
            Scheduler work,
            Supplier<String> ids,
            ChannelOutput output,
            ChannelStats stats) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.work = work;
        this.ids = ids;
        this.output = output;
        this.stage = new Stage(name, clock, settings.lead(), stats, this::soundsAnew);
        this.playback = new Playback(queue, settings, stage, output, stats);
        this.fetching = new Prefetcher(queue, clock, engine, work, settings);
        this.drive = new PlayLoop(
                clock, queue, fetching, playback, output, () -> settings().patience(), this::touch);
        this.hold = new PauseLimit(clock, playback);
        this.room = new QueueLimits(queue, this::settings);
        this.lastUseMicros = clock.micros();
    }

    /** Its name. */
    public ChannelName name() {
        return name;
    }

    /** How it speaks. */
    public ChannelSettings settings() {
        return settings;
    }

    /** Whether it stays when nobody uses it. */
    public boolean isPinned() {
        return pinned;
    }

    /** Speaks in another way from the next utterance on. */
    public Mono<ChannelStatus> change(ChannelSettings newSettings) {
        return onClock(() -> {
            checkOpen();
            settings = newSettings;
            fetching.change(newSettings);
            playback.change(newSettings);
            drive.serve(clock.micros());
            return statusNow();
        });
    }

    /** Puts an utterance at the end of the queue, as {@link #speak(Order)} does. */
    public Mono<Utterance> speak(SpeechRequest request) {
        return speak(UtteranceRequest.of(request));
    }

    /**
     * Takes an order, on subscription. Emits the utterance as it stands then; fails with {@link ChannelException} if there is no
     * room for it.
     */
    public Mono<Utterance> speak(UtteranceRequest order) {
        return onClock(() -> snapshot(log.keyed(order.key()).orElseGet(() -> admit(order, null))));
    }

    /** An utterance of this channel, playing, waiting or recently ended; empty if it is not known (any more). */
    public Mono<Utterance> utterance(String id) {
        return onClock(() -> log.find(id).map(this::snapshot)).flatMap(Mono::justOrEmpty);
    }

    /** Takes one utterance back, even if it is being heard; empty if it is not known. One that is over stays as it is. */
    public Mono<Utterance> cancel(String id) {
        return onClock(() -> log.find(id).map(this::takeBack)).flatMap(Mono::justOrEmpty);
    }

    /**
     * Speaks the rest of an utterance that failed, from the part on at which it did, as a new one at the end of the queue; empty if
     * it is not known. Fails with {@link ChannelException} if it has not failed.
     */
    public Mono<Utterance> resume(String id) {
        return onClock(() -> log.find(id).map(this::goOnWith)).flatMap(Mono::justOrEmpty);
    }

    /**
     * The text of an open utterance goes on; empty if the utterance is not known. Fails with {@link ChannelException}, and has changed
     * nothing then, if the piece is not taken.
     *
     * @param number of the piece, from 1 on; one that was taken before does nothing. Null means that it is the next one
     */
    public Mono<TextProgress> write(String id, @Nullable Long number, String piece) {
        return onClock(() -> log.find(id).map(turn -> written(turn, number, piece)))
                .flatMap(Mono::justOrEmpty);
    }

    /**
     * The text of an open utterance has ended, as far as it has not; empty if the utterance is not known.
     *
     * @param number that of the next piece, to make sure that all came; null means that nobody asks
     */
    public Mono<TextProgress> end(String id, @Nullable Long number) {
        return onClock(() -> log.find(id).map(turn -> ended(turn, number))).flatMap(Mono::justOrEmpty);
    }

    /** Makes the channel silent. */
    public Mono<ClearResult> clear(ClearRequest clear) {
        return onClock(() -> cleared(clear));
    }

    /** Holds the sound where it is; what listeners have got, they keep. */
    public Mono<ChannelStatus> pause() {
        return onClock(() -> {
            checkOpen();
            long now = clock.micros();
            hold.begin(now, settings.longestPause(), () -> {
                var _ = cleared(ClearRequest.all("pause_expired"));
            });
            drive.serve(now);
            return statusNow();
        });
    }

    /** Goes on where the sound was held. */
    public Mono<ChannelStatus> resume() {
        return onClock(() -> {
            checkOpen();
            long now = clock.micros();
            hold.release(now);
            drive.wake(now);
            return statusNow();
        });
    }

    /**
     * Puts a source beside the speech, or in another's place, with a cross-fade. The first switches the mixing stage on, as soon as
     * nobody is speaking. A name is any but {@code speech}.
     */
    public Mono<MixStatus> put(String source, Source what) {
        return onClock(() -> mixing(() -> stage.put(source, what)));
    }

    /** Changes how a source is mixed in, without a click; empty if there is none of that name. */
    public Mono<MixStatus> change(String source, SourceSettings how) {
        return onClock(() -> Optional.ofNullable(stage.change(source, how) ? mixing(() -> {}) : null))
                .flatMap(Mono::justOrEmpty);
    }

    /** Fades a source out and takes it away; empty if there was none of that name. */
    public Mono<MixStatus> remove(String source) {
        return onClock(() -> Optional.ofNullable(stage.remove(source) ? mixing(() -> {}) : null))
                .flatMap(Mono::justOrEmpty);
    }

    /** Mixes otherwise from now on. */
    public Mono<MixStatus> mix(MixSettings how) {
        return onClock(() -> mixing(() -> stage.change(how)));
    }

    /** The mixing stage, as it stands. */
    public Mono<MixStatus> mix() {
        return onClock(stage::status);
    }

    /** How loud each source is just now, speech among them; nothing while there is no stage. At once, from any thread. */
    public List<Mixer.SourceState> levels() {
        return stage.levels();
    }

    /** What it does now. */
    public Mono<ChannelStatus> status() {
        return onClock(this::statusNow);
    }

    /** Somebody is about to use it: it will stay for a while. Called from any thread. */
    void touch() {
        lastUseMicros = clock.micros();
    }

    /** It stays, whether or not somebody uses it. Called from any thread. */
    void pin() {
        pinned = true;
    }

    /** Whether it has had nothing to do, and nobody to do it for, for so long. On the clock's thread. */
    boolean isIdleFor(Duration time) {
        return !pinned
                && queue.isEmpty()
                && !playback.isPaused()
                && !output.hasListeners()
                && clock.micros() - lastUseMicros >= time.toNanos() / 1_000;
    }

    /** Ends all work. On the clock's thread. */
    void close() {
        drive.stop();
        stage.close();
        hold.forget();
        queue.all().forEach(turn -> {
            turn.intake.cancel();
            queue.remove(turn);
        });
        output.close();
    }

    private <T> Mono<T> onClock(Supplier<T> question) {
        return Mono.<T>create(sink -> clock.execute(() -> {
                    try {
                        sink.success(question.get());
                    } catch (Throwable e) { // an Error too: somebody waits for an answer
                        sink.error(e);
                    }
                }))
                .publishOn(work);
    }

    private MixStatus mixing(Runnable change) {
        checkOpen();
        change.run();
        soundsAnew();
        return stage.status();
    }

    /** Something else sounds than before. */
    private void soundsAnew() {
        if (!drive.isOver()) {
            drive.wake(clock.micros());
        }
    }

    private Utterance goOnWith(ActiveUtterance failed) {
        ResumePoint rest = failed.resumePoint().orElseThrow(() -> new ChannelException(new ChannelRefusal.NothingToResume()));
        return snapshot(admit(UtteranceRequest.of(failed.request()), rest));
    }

    private void checkOpen() {
        if (drive.isOver()) {
            throw new ChannelException(new ChannelRefusal.Gone());
        }
    }

    private ActiveUtterance admit(UtteranceRequest order, @Nullable ResumePoint continuation) {
        checkOpen();
        boolean interrupts = order.mode() == UtteranceRequest.Mode.INTERRUPT;
        if (!interrupts) {
            room.check(order.request().text());
        }
        long now = clock.micros();
        UtteranceText text = order.open()
                ? new OpenText(clock, work, settings.writing(), order.request())
                : new WholeText(order.request());
        var turn = new ActiveUtterance(ids.get(), order, text, continuation, now, drive::advance);
        if (interrupts) {
            hold.forget();
            var _ = playback.clear(ClearRequest.all("interrupt"), now);
        }
        queue.add(turn);
        log.add(turn);
        drive.wake(now);
        return turn;
    }

    private TextProgress written(ActiveUtterance turn, @Nullable Long number, String piece) {
        checkOpen();
        if (turn.text.writable().write(number, piece, room::checkMore)) {
            log.grew(piece.length());
        }
        return turn.progress();
    }

    private TextProgress ended(ActiveUtterance turn, @Nullable Long number) {
        checkOpen();
        turn.text.writable().end(number);
        return turn.progress();
    }

    private Utterance takeBack(ActiveUtterance turn) {
        checkOpen();
        long now = clock.micros();
        playback.cancel(turn, now);
        drive.wake(now);
        return snapshot(turn);
    }

    private ClearResult cleared(ClearRequest clear) {
        checkOpen();
        long now = clock.micros();
        hold.forget();
        List<ActiveUtterance> ended = playback.clear(clear, now);
        long firstPos = playback.pos();
        drive.serve(now);
        return new ClearResult(
                playback.generation(),
                firstPos,
                ended.stream().map(this::snapshot).toList());
    }

    private Utterance snapshot(ActiveUtterance turn) {
        return turn.snapshot(name, playback.heardAt(clock.micros()));
    }

    private ChannelStatus statusNow() {
        return new ChannelStatus(name, playback.phase(), playback.pos(), queue.size());
    }
}
