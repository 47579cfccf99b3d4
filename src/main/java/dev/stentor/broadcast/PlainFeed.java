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
 * The channel's sound for clients that speak no protocol: {@code curl}, {@code <audio>}, bare WebSockets. They cannot be told
 * to take sound back, so frames are held until {@value #HOLD_MILLIS} ms after they are due. Each listener has a bounded queue
 * of its own; one that does not read loses frames, alone. Methods that say so, {@link #audio}, {@link #opus} and {@link #mp3} may be called
 * from any thread; all else is confined to the clock's thread.
 */
public final class PlainFeed {

    private static final long HOLD_MILLIS = 200;
    private static final ByteBuffer SILENCE =
            ByteBuffer.allocate(SpeechTime.FRAME_BYTES).asReadOnlyBuffer();

    /** The beginning of the names of its clients, which no other node gives. */
    private final String prefix;

    private final TickClock clock;
    private final BroadcastStats stats;
    private final DelayedFrames held = new DelayedFrames(HOLD_MILLIS * 1_000);
    private final HeardCaption caption = new HeardCaption();
    private final EncodedFeed<OpusSound> opus;
    private final EncodedFeed<Mp3Sound> mp3;
    private final List<PlainFeedClient<ByteBuffer>> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private boolean active;
    private boolean speaking;
    private volatile boolean closed;

    /** @param node name of this node */
    PlainFeed(String node, TickClock clock, SoundEncoding encoding, BroadcastStats stats) {
        this.prefix = "plain-" + node + "-";
        this.opus = new EncodedFeed<>(new PlainOpus(encoding), encoding.workers(), clock);
        this.mp3 = new EncodedFeed<>(new PlainMp3(encoding), encoding.workers(), clock);
        this.clock = clock;
        this.stats = stats;
    }

    /**
     * Emits the sound from the next frame on, without end, until the channel is given up. Buffers are read-only and hold whole
     * samples, 24 kHz mono 16-bit; signals come on the clock's thread: move them to another before any work.
     *
     * @param silence whether pauses are filled with silence in real time; if not, exactly the utterances' own samples are
     *     emitted
     */
    public Flux<ByteBuffer> audio(boolean silence) {
        return listen(silence, SpeechTime.FRAME_MILLIS, this::add, clients::remove);
    }

    /**
     * Emits the same in Opus, encoded once for all; the first sound brings the packets that prepare the decoder.
     *
     * @param silence whether pauses are filled with silence in real time; if not, whole frames of the utterances are emitted,
     *     and one more behind each utterance, which brings its end out of the encoder
     */
    public Flux<OpusSound> opus(boolean silence) {
        return listen(silence, SpeechTime.FRAME_MILLIS, client -> add(client, opus), opus::remove);
    }

    /**
     * Emits the same in MP3, encoded once for all, with the caption that is heard.
     *
     * @param silence whether pauses are filled with silence in real time; if not, whole frames of the utterances are emitted, and up to
     *     80 ms more behind each utterance, which bring its end out of the encoder
     */
    public Flux<Mp3Sound> mp3(boolean silence) {
        return listen(silence, Mp3Sound.FRAME_MILLIS, client -> add(client, mp3), mp3::remove);
    }

    private <T> Flux<T> listen(
            boolean silence, long frameMillis, Consumer<PlainFeedClient<T>> add, Consumer<PlainFeedClient<T>> remove) {
        return Flux.defer(() -> {
            var client = new PlainFeedClient<T>(prefix + names.incrementAndGet(), silence, frameMillis, stats);
            listeners.incrementAndGet();
            clock.execute(() -> add.accept(client));
            return client.sound().doFinally(signal -> {
                listeners.decrementAndGet();
                client.leave();
                remove.accept(client);
            });
        });
    }

    /** Returns the figures of each listener; from any thread. */
    List<ListenerStatus> statuses() {
        return everyClient().map(PlainFeedClient::status).toList();
    }

    /** Tells whether the channel is given up, so that no sound comes any more; from any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the sound of the client of that name, and returns whether there is one. */
    boolean sendAway(String name) {
        List<PlainFeedClient<?>> named = everyClient()
                .filter(client -> client.status().connection().equals(name))
                .toList();
        named.forEach(PlainFeedClient::end);
        return !named.isEmpty();
    }

    private Stream<PlainFeedClient<?>> everyClient() {
        return Stream.<List<? extends PlainFeedClient<?>>>of(clients, opus.clients(), mp3.clients())
                .flatMap(List::stream);
    }

    /** Returns how many listen; from any thread. */
    int listeners() {
        return listeners.get();
    }

    void on(ChannelEvent event) {
        caption.on(event);
        switch (event) {
            case Audio frame -> {
                if (isHeard()) {
                    held.add(frame);
                    activate();
                } else {
                    var _ = caption.with(frame); // nobody hears it: who comes later is told from there on
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
        clients.forEach(PlainFeedClient::end);
        clients.clear();
        opus.close();
        mp3.close();
    }

    private boolean isHeard() {
        return !(clients.isEmpty() && opus.clients().isEmpty() && mp3.clients().isEmpty());
    }

    private void add(PlainFeedClient<ByteBuffer> client) {
        if (closed) {
            client.end();
        } else {
            clients.add(client);
            clients.removeIf(PlainFeedClient::isGone);
            activate();
        }
    }

    private <T> void add(PlainFeedClient<T> client, EncodedFeed<T> feed) {
        if (closed) {
            client.end();
        } else {
            feed.add(client);
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
        boolean endless =
                opus.wantsSilence() || mp3.wantsSilence() || clients.stream().anyMatch(PlainFeedClient::wantsSilence);
        active = !closed && (!held.isEmpty() || endless);
        return active;
    }

    private void speak(Audio frame) {
        ByteBuffer own = frame.audio().slice(0, frame.samples() * Short.BYTES).asReadOnlyBuffer();
        String heard = caption.with(frame);
        opus.speak(frame, heard);
        mp3.speak(frame, heard);
        for (PlainFeedClient<ByteBuffer> client : clients) {
            client.emit(client.wantsSilence() ? frame.audio().duplicate() : own.duplicate());
        }
    }

    private void beSilent() {
        opus.beSilent();
        mp3.beSilent();
        for (PlainFeedClient<ByteBuffer> client : clients) {
            if (client.wantsSilence()) {
                client.emit(SILENCE.duplicate());
            }
        }
    }
}
