package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.clock.TickClock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * The channel's sound for clients that speak no protocol: {@code curl}, {@code <audio>}, bare WebSockets. Since they cannot be
 * told to take anything back, frames are held until they are due plus {@value #HOLD_MILLIS} ms. Each listener has a bounded queue
 * of its own; one that does not read loses frames, alone. {@link #audio} may be called from any thread; all else is confined to
 * the clock's thread.
 */
public final class PlainFeed {

    private static final long HOLD_MILLIS = 200;
    private static final int QUEUE_FRAMES = 256;
    private static final ByteBuffer SILENCE =
            ByteBuffer.allocate(ChannelEvent.FRAME_SAMPLES * Short.BYTES).asReadOnlyBuffer();

    private final TickClock clock;
    private final Deque<Audio> held = new ArrayDeque<>();
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private boolean active;
    private boolean closed;

    /** One listener's queue; {@code silence} says whether pauses are filled. */
    private record Tap(Sinks.Many<ByteBuffer> sink, boolean silence, AtomicBoolean gone) {}

    PlainFeed(TickClock clock) {
        this.clock = clock;
    }

    /**
     * The sound from the next frame on, without end, until the channel is given up. Buffers are read-only and hold whole samples,
     * 24 kHz mono 16-bit; signals come on the clock's thread: move them to another before any work.
     *
     * @param silence whether pauses are filled with silence in real time; if not, exactly the utterances' own samples come
     */
    public Flux<ByteBuffer> audio(boolean silence) {
        return Flux.defer(() -> {
            Sinks.Many<ByteBuffer> sink = Sinks.many()
                    .unicast()
                    .onBackpressureBuffer(Queues.<ByteBuffer>get(QUEUE_FRAMES).get());
            var tap = new Tap(sink, silence, new AtomicBoolean());
            listeners.incrementAndGet();
            clock.execute(() -> add(tap));
            return sink.asFlux().doFinally(signal -> {
                listeners.decrementAndGet();
                tap.gone().set(true);
                taps.remove(tap);
            });
        });
    }

    /** How many listen; from any thread. */
    int listeners() {
        return listeners.get();
    }

    void on(ChannelEvent event) {
        if (event instanceof Audio frame && !taps.isEmpty()) {
            held.add(frame);
            activate();
        }
    }

    void close() {
        closed = true;
        held.clear();
        taps.forEach(tap -> tap.sink().tryEmitComplete());
        taps.clear();
    }

    private void add(Tap tap) {
        if (closed) {
            tap.sink().tryEmitComplete();
        } else {
            taps.add(tap);
            taps.removeIf(one -> one.gone().get());
            activate();
        }
    }

    private void activate() {
        if (!active) {
            active = true;
            clock.activate(this::tick);
        }
    }

    private boolean tick(long nowMicros) {
        boolean spoke = false;
        while (isDueWithin(nowMicros, 0)) {
            speak(held.removeFirst());
            spoke = true;
        }
        if (!spoke && !isDueWithin(nowMicros, TickClock.TICK_MICROS)) {
            beSilent();
        }
        active = !closed && (!held.isEmpty() || taps.stream().anyMatch(Tap::silence));
        return active;
    }

    private boolean isDueWithin(long nowMicros, long moreMicros) {
        return !held.isEmpty() && held.getFirst().playMicros() + HOLD_MILLIS * 1_000 <= nowMicros + moreMicros;
    }

    private void speak(Audio frame) {
        ByteBuffer own = frame.audio().slice(0, frame.samples() * Short.BYTES).asReadOnlyBuffer();
        for (Tap tap : taps) {
            tap.sink().tryEmitNext(tap.silence() ? frame.audio().duplicate() : own.duplicate());
        }
    }

    private void beSilent() {
        for (Tap tap : taps) {
            if (tap.silence()) {
                tap.sink().tryEmitNext(SILENCE.duplicate());
            }
        }
    }
}
