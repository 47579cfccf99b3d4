package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.clock.TickClock;
import dev.stentor.codec.OpusEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The plain feed's sound in Opus, encoded once for all clients, while there is a client; with silence if one of them wants it.
 * Confined to the clock's thread, except for what says otherwise.
 */
final class OpusFeed {

    private static final ByteBuffer SILENCE =
            ByteBuffer.allocate(SpeechTime.FRAME_BYTES).asReadOnlyBuffer();
    /** The most frames that may wait for the workers: if they are 2 s behind, the sound does not wait for them. */
    private static final int MOST_WAITING = 100;

    private final OpusEncoding encoding;
    private final TickClock clock;
    private final List<PlainFeedClient<OpusSound>> clients = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Coming> coming = new ArrayDeque<>();
    private final ArrayDeque<byte[]> latest = new ArrayDeque<>();
    private @Nullable OpusStreamEncoder stream;
    /** True as long as the end of an utterance is still in the encoder. */
    private boolean owing;

    /** A frame that is being encoded; {@code end} tells that it only brings out the end of the one before. */
    private record Coming(OpusStreamEncoder.Packet packet, boolean silent, boolean end) {}

    OpusFeed(OpusEncoding encoding, TickClock clock) {
        this.encoding = encoding;
        this.clock = clock;
    }

    void add(PlainFeedClient<OpusSound> client) {
        client.emit(new OpusSound(List.copyOf(latest), false));
        clients.add(client);
        clients.removeIf(PlainFeedClient::isGone);
    }

    /** Removes a client; from any thread. */
    void remove(PlainFeedClient<OpusSound> client) {
        clients.remove(client);
    }

    /** Returns the clients; from any thread. */
    List<PlainFeedClient<OpusSound>> clients() {
        return clients;
    }

    /** Tells whether it needs frames of silence while nothing is spoken. */
    boolean wantsSilence() {
        return owing || clients.stream().anyMatch(PlainFeedClient::wantsSilence);
    }

    void speak(Audio frame) {
        take(frame.audio(), false);
        owing = !clients.isEmpty();
    }

    void beSilent() {
        if (wantsSilence()) {
            take(SILENCE, true);
            owing = false;
        }
    }

    void close() {
        clients.forEach(PlainFeedClient::end);
        clients.clear();
        stop();
    }

    private void take(ByteBuffer frame, boolean silent) {
        if (clients.isEmpty()) {
            stop();
            return;
        }
        OpusStreamEncoder current = stream();
        if (current.waiting() >= MOST_WAITING) {
            encoding.stats().late(current.waiting());
            current.giveUp();
        }
        coming.add(new Coming(current.add(frame, false), silent, silent && owing));
        handOn();
    }

    private OpusStreamEncoder stream() {
        if (stream == null) {
            stream = new OpusStreamEncoder(encoding, clock, this::handOn);
        }
        return stream;
    }

    private void stop() {
        if (stream != null) {
            stream.giveUp();
        }
        stream = null;
        owing = false;
        coming.clear();
        latest.clear();
    }

    private void handOn() {
        for (Coming next = coming.peek(); next != null && next.packet().isOver(); next = coming.peek()) {
            coming.remove();
            byte[] bytes = next.packet().bytes();
            for (PlainFeedClient<OpusSound> client : clients) {
                if (client.wantsSilence() || !next.silent() || next.end()) {
                    hand(client, bytes, next.end() && !client.wantsSilence());
                }
            }
            if (bytes != null) {
                latest.add(bytes);
            }
            if (latest.size() > OpusEncoder.PRE_ROLL_PACKETS) {
                latest.remove();
            }
        }
    }

    private static void hand(PlainFeedClient<OpusSound> client, byte @Nullable [] packet, boolean pause) {
        if (packet == null) {
            client.lose();
        } else {
            client.emit(new OpusSound(List.of(packet), pause));
        }
    }
}
