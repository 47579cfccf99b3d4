package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.clock.TickClock;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Plays a queue of utterances, one after the other, at speaking pace.
 *
 * <p>Public methods may be called from any thread; everything behind them is confined to the clock's thread, where the output is
 * called too. The next utterance's audio is fetched while the current one plays, up to the settings' bound; then demand on the
 * engine stops.
 */
public final class Channel {

    private static final int GENERATION = 1;

    private final ChannelName name;
    private final ChannelSettings settings;
    private final TickClock clock;
    private final SpeechEngine engine;
    private final Scheduler work;
    private final Supplier<String> ids;
    private final ChannelOutput output;
    private final Timeline timeline;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final UtteranceLog log = new UtteranceLog();
    private final PrefetchGate gate;
    private Phase phase = Phase.IDLE;
    private boolean active;
    private boolean closed;
    private volatile long lastUseMicros;

    Channel(
            ChannelName name,
            ChannelSettings settings,
            TickClock clock,
            SpeechEngine engine,
            Scheduler work,
            Supplier<String> ids,
            ChannelOutput output) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.engine = engine;
        this.work = work;
        this.ids = ids;
        this.output = output;
        this.timeline = new Timeline(settings.lead());
        this.gate = new PrefetchGate(settings.prefetch());
        this.lastUseMicros = clock.micros();
    }

    /** Its name. */
    public ChannelName name() {
        return name;
    }

    /**
     * Puts an utterance at the end of the queue, on subscription. Emits it as it stands then; fails with
     * {@link ChannelException} if the queue is full.
     */
    public Mono<Utterance> speak(SpeechRequest request) {
        return onClock(() -> enqueue(request));
    }

    /** An utterance of this channel, playing, waiting or recently ended; empty if it is not known (any more). */
    public Mono<Utterance> utterance(String id) {
        return onClock(() -> log.find(id)).flatMap(Mono::justOrEmpty).map(turn -> turn.snapshot(name));
    }

    /** What it does now. */
    public Mono<ChannelStatus> status() {
        return onClock(() -> new ChannelStatus(name, phase, timeline.pos(), turns.size()));
    }

    /** Somebody is about to use it: it will stay for a while. Called from any thread. */
    void touch() {
        lastUseMicros = clock.micros();
    }

    /** Whether it has had nothing to do, and nobody to do it for, for so long. On the clock's thread. */
    boolean isIdleFor(Duration time) {
        return turns.isEmpty() && !output.hasListeners() && clock.micros() - lastUseMicros >= time.toNanos() / 1_000;
    }

    /** Ends all work. On the clock's thread. */
    void close() {
        closed = true;
        turns.forEach(Turn::cancel);
        turns.clear();
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

    private Utterance enqueue(SpeechRequest request) {
        if (closed) {
            throw new ChannelException(new ChannelRefusal.Gone());
        }
        if (turns.size() >= settings.maxUtterances()) {
            throw new ChannelException(new ChannelRefusal.QueueFull(settings.maxUtterances(), Duration.ofSeconds(1)));
        }
        var turn = new Turn(ids.get(), request, this::advance);
        turns.add(turn);
        log.add(turn);
        fetchAhead();
        updatePhase(clock.micros());
        output.flush();
        if (!active) {
            active = true;
            clock.activate(this::tick);
        }
        return turn.snapshot(name);
    }

    private boolean tick(long nowMicros) {
        if (closed) {
            return false;
        }
        for (Turn turn : turns) {
            if (turn.silentMicros(nowMicros) > settings.patience().toNanos() / 1_000) {
                turn.giveUp(new SpeechFailure.Silent(settings.patience(), turn.frames.bufferedSamples()));
                break;
            }
        }
        release(nowMicros);
        active = !turns.isEmpty();
        if (!active) {
            touch();
        }
        return active;
    }

    /** Something arrived: it goes out at once if listeners wait for it, else on the grid. */
    private void advance() {
        if (closed) {
            return;
        }
        long now = clock.micros();
        if (timeline.isOverdue(now)) {
            release(now);
        } else {
            fetchAhead();
        }
    }

    private void release(long nowMicros) {
        while (!turns.isEmpty() && releaseOne(turns.getFirst(), nowMicros)) {
            fetchAhead();
        }
        fetchAhead();
        updatePhase(nowMicros);
        output.flush();
    }

    private boolean releaseOne(Turn turn, long nowMicros) {
        if (turn.frames.isExhausted()) {
            finish(turn);
            return true;
        }
        if (!turn.frames.hasFrame()) {
            return false;
        }
        if (timeline.isOverdue(nowMicros)) {
            timeline.anchor(nowMicros);
            output.on(new TimelineMoved(timeline.pos(), timeline.playMicros()));
        }
        if (!timeline.isReleasable(nowMicros)) {
            return false;
        }
        if (!turn.isPlaying()) {
            output.on(turn.start(GENERATION, timeline.pos()));
        }
        FrameCutter.Frame frame = turn.frames.next();
        turn.captionsOf(frame).forEach(output::on);
        output.on(frame.at(GENERATION, timeline.pos(), timeline.playMicros()));
        timeline.advance(ChannelEvent.FRAME_SAMPLES);
        turn.released(frame.samples());
        if (frame.last()) {
            finish(turn);
        }
        return true;
    }

    private void finish(Turn turn) {
        turns.remove(turn);
        output.on(turn.finish(timeline.pos()));
    }

    /** Keeps one engine stream busy: the earliest that still has something to give, while there is room. */
    private void fetchAhead() {
        long buffered = 0;
        for (Turn turn : turns) {
            buffered += turn.frames.bufferedSamples();
        }
        if (!gate.isOpen(buffered)) {
            return;
        }
        for (Turn turn : turns) {
            if (!turn.isReceived()) {
                if (turn.hasBegun()) {
                    turn.ask();
                } else {
                    begin(turn);
                }
                return;
            }
        }
    }

    private void begin(Turn turn) {
        var reception = new Reception(clock, turn);
        turn.begin(reception);
        Flux.defer(() -> reception.soundOf(engine.speak(turn.request)))
                .subscribeOn(work)
                .subscribe(reception);
    }

    private void updatePhase(long nowMicros) {
        Phase now = phaseAt(nowMicros);
        if (now != phase) {
            phase = now;
            output.on(new PhaseChanged(now));
        }
    }

    private Phase phaseAt(long nowMicros) {
        if (turns.isEmpty()) {
            return Phase.IDLE;
        }
        Turn head = turns.getFirst();
        if (!timeline.isOverdue(nowMicros) || head.frames.hasFrame()) {
            return Phase.PLAYING;
        }
        return head.isPlaying() ? Phase.STALLED : Phase.SYNTHESIZING;
    }
}
