package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.clock.TickClock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * The channel's sound for clients that speak no protocol: {@code curl}, {@code <audio>}, bare WebSockets. Since they cannot be
 * told to take anything back, frames are held until they are due plus {@value #HOLD_MILLIS} ms. Each listener has a bounded queue
 * of its own; one that does not read loses frames, alone. {@link #audio} and {@link #opus} may be called from any thread; all else is
 * confined to the clock's thread.
 */
public final class PlainFeed {

    private static final long HOLD_MILLIS = 200;
    private static final ByteBuffer SILENCE =
            ByteBuffer.allocate(SpeechTime.FRAME_SAMPLES * Short.BYTES).asReadOnlyBuffer();

    private final TickClock clock;
    private final BroadcastStats stats;
    private final DelayedFrames held = new DelayedFrames(HOLD_MILLIS * 1_000);
    private final OpusFeed opus;
    private final List<PlainFeedClient<ByteBuffer>> taps = new CopyOnWriteArrayList<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private boolean active;
    private boolean speaking;
    private boolean closed;

    PlainFeed(TickClock clock, OpusEncoding encoding, BroadcastStats stats) {
        this.opus = new OpusFeed(encoding, clock);
        this.clock = clock;
        this.stats = stats;
    }

    /**
     * The sound from the next frame on, without end, until the channel is given up. Buffers are read-only and hold whole samples,
     * 24 kHz mono 16-bit; signals come on the clock's thread: move them to another before any work.
     *
     * @param silence whether pauses are filled with silence in real time; if not, exactly the utterances' own samples come
     */
    public Flux<ByteBuffer> audio(boolean silence) {
        return listen(silence, this::add, taps::remove);
    }

    /**
     * The same in Opus, encoded once for all; the first sound brings what the decoder needs to begin with.
     *
     * @param silence whether pauses are filled with silence in real time; if not, whole frames of the utterances come, and one more
     *     behind each, which brings its end out of the encoder
     */
    public Flux<OpusSound> opus(boolean silence) {
        return listen(silence, this::addOpus, opus::remove);
    }

    private <T> Flux<T> listen(boolean silence, Consumer<PlainFeedClient<T>> add, Consumer<PlainFeedClient<T>> remove) {
        return Flux.defer(() -> {
            var tap = new PlainFeedClient<T>("plain-" + names.incrementAndGet(), silence, stats);
            listeners.incrementAndGet();
            clock.execute(() -> add.accept(tap));
            return tap.sound().doFinally(signal -> {
                listeners.decrementAndGet();
                tap.leave();
                remove.accept(tap);
            });
        });
    }

    /** Each listener's state; from any thread. */
    List<ListenerStatus> statuses() {
        return Stream.concat(taps.stream(), opus.taps().stream())
                .map(PlainFeedClient::status)
                .toList();
    }

    /** How many listen; from any thread. */
    int listeners() {
        return listeners.get();
    }

    void on(ChannelEvent event) {
        switch (event) {
            case Audio frame -> {
                if (!taps.isEmpty() || !opus.taps().isEmpty()) {
                    held.add(frame);
                    activate();
                }
            }
            case SpeechCleared cleared -> held.cut(cleared, clock.micros());
            case SpeechPaused _ -> held.pause(clock.micros());
            case SpeechResumed _ -> held.resume(clock.micros());
            default -> {}
        }
    }

    void close() {
        closed = true;
        held.clear();
        taps.forEach(PlainFeedClient::end);
        taps.clear();
        opus.close();
    }

    private void add(PlainFeedClient<ByteBuffer> tap) {
        if (closed) {
            tap.end();
        } else {
            taps.add(tap);
            taps.removeIf(PlainFeedClient::isGone);
            activate();
        }
    }

    private void addOpus(PlainFeedClient<OpusSound> tap) {
        if (closed) {
            tap.end();
        } else {
            opus.add(tap);
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
        for (var due = held.next(nowMicros, 0); due.isPresent(); due = held.next(nowMicros, 0)) {
            speak(due.get());
            spoke = true;
        }
        if (!spoke && speaking) {
            // A tick that came a little early makes no hole in mid-speech.
            var almost = held.next(nowMicros, TickClock.TICK_MICROS);
            almost.ifPresent(this::speak);
            spoke = almost.isPresent();
        }
        if (!spoke) {
            beSilent();
        }
        speaking = spoke;
        boolean endless = opus.wantsSilence() || taps.stream().anyMatch(PlainFeedClient::wantsSilence);
        active = !closed && (!held.isEmpty() || endless);
        return active;
    }

    private void speak(Audio frame) {
        ByteBuffer own = frame.audio().slice(0, frame.samples() * Short.BYTES).asReadOnlyBuffer();
        opus.speak(frame);
        for (PlainFeedClient<ByteBuffer> tap : taps) {
            tap.emit(tap.wantsSilence() ? frame.audio().duplicate() : own.duplicate());
        }
    }

    private void beSilent() {
        opus.beSilent();
        for (PlainFeedClient<ByteBuffer> tap : taps) {
            if (tap.wantsSilence()) {
                tap.emit(SILENCE.duplicate());
            }
        }
    }
}
