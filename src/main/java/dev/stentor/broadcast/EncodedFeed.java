package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.clock.TickClock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plain feed's sound in one encoded format, encoded once for all clients, while there is a client; with silence if one of them wants
 * it. Confined to the clock's thread, except for what says otherwise.
 */
final class EncodedFeed<T> {

    private static final ByteBuffer SILENCE =
            ByteBuffer.allocate(SpeechTime.FRAME_BYTES).asReadOnlyBuffer();
    /** The most frames that may wait for the workers: if they are 2 s behind, the sound does not wait for them. */
    private static final int MOST_WAITING = 100;

    private final PlainFormat<T> format;
    private final Executor workers;
    private final TickClock clock;
    private final List<PlainFeedClient<T>> clients = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Coming> coming = new ArrayDeque<>();
    private @Nullable StreamEncoder stream;
    /** Frames of silence that are missing until the end of an utterance has left the codec. */
    private int owed;

    /** A frame that is being encoded. */
    private record Coming(StreamEncoder.Packet packet, String title, Kind kind) {}

    /** The kind of a frame. */
    private enum Kind {
        SPEECH,
        SILENCE,
        /** Silence that brings out the end of an utterance. */
        TAIL,
        /** The last frame of that. */
        LAST_OF_TAIL
    }

    EncodedFeed(PlainFormat<T> format, Executor workers, TickClock clock) {
        this.format = format;
        this.workers = workers;
        this.clock = clock;
    }

    void add(PlainFeedClient<T> client) {
        format.first().ifPresent(client::emit);
        clients.add(client);
        clients.removeIf(PlainFeedClient::isGone);
    }

    /** Removes a client; from any thread. */
    void remove(PlainFeedClient<T> client) {
        clients.remove(client);
    }

    /** Returns the clients; from any thread. */
    List<PlainFeedClient<T>> clients() {
        return clients;
    }

    /** Tells whether it needs frames of silence while nothing is spoken. */
    boolean wantsSilence() {
        return owed > 0 || clients.stream().anyMatch(PlainFeedClient::wantsSilence);
    }

    /** Takes the next frame of the channel, with the caption that is heard with it. */
    void speak(Audio frame, String title) {
        take(frame.audio(), title, Kind.SPEECH);
        owed = clients.isEmpty() ? 0 : format.tailFrames();
    }

    void beSilent() {
        if (wantsSilence()) {
            take(SILENCE, "", owed > 1 ? Kind.TAIL : owed == 1 ? Kind.LAST_OF_TAIL : Kind.SILENCE);
            owed = Math.max(0, owed - 1);
        }
    }

    void close() {
        clients.forEach(PlainFeedClient::end);
        clients.clear();
        stop();
    }

    private void take(ByteBuffer frame, String title, Kind kind) {
        if (clients.isEmpty()) {
            stop();
            return;
        }
        StreamEncoder current = stream();
        if (current.waiting() >= MOST_WAITING) {
            format.stats().late(current.waiting());
            current.giveUp();
        }
        coming.add(new Coming(current.add(frame, false), title, kind));
        current.work();
        handOn();
    }

    private StreamEncoder stream() {
        if (stream == null) {
            stream = new StreamEncoder(format.codec(), workers, format.stats(), clock, this::handOn);
        }
        return stream;
    }

    private void stop() {
        if (stream != null) {
            stream.giveUp();
        }
        stream = null;
        owed = 0;
        coming.clear();
        format.end();
    }

    private void handOn() {
        for (Coming next = coming.peek(); next != null && next.packet().isOver(); next = coming.peek()) {
            coming.remove();
            byte[] bytes = next.packet().bytes();
            if (bytes == null) {
                clientsOf(next.kind()).forEach(PlainFeedClient::lose);
            } else {
                hand(format.sound(bytes, next.title()), next.kind());
            }
        }
    }

    private void hand(Optional<T> sound, Kind kind) {
        Optional<T> last =
                kind == Kind.LAST_OF_TAIL ? sound.map(format::beforePause).or(format::pause) : sound;
        clientsOf(kind).forEach(client -> (client.wantsSilence() ? sound : last).ifPresent(client::emit));
    }

    private Stream<PlainFeedClient<T>> clientsOf(Kind kind) {
        return clients.stream().filter(client -> client.wantsSilence() || kind != Kind.SILENCE);
    }
}
