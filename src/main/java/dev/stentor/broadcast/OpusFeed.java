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
 * The plain feed's sound in Opus: encoded once for all who hear it, silence included where one of them wants it, as long as there is
 * one. Confined to the clock's thread, except for what says otherwise.
 */
final class OpusFeed {

    private static final ByteBuffer SILENCE =
            ByteBuffer.allocate(SpeechTime.FRAME_SAMPLES * Short.BYTES).asReadOnlyBuffer();
    /** Workers that are 2 s behind are not waited for. */
    private static final int MOST_WAITING = 100;

    private final OpusEncoding encoding;
    private final TickClock clock;
    private final List<PlainFeedClient<OpusSound>> taps = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Coming> coming = new ArrayDeque<>();
    private final ArrayDeque<byte[]> latest = new ArrayDeque<>();
    private @Nullable OpusStreamEncoder line;
    /** The end of an utterance is still in the encoder. */
    private boolean owing;

    /** A frame on its way; {@code end} says that it only brings the end of the one before. */
    private record Coming(OpusStreamEncoder.Packet packet, boolean silent, boolean end) {}

    OpusFeed(OpusEncoding encoding, TickClock clock) {
        this.encoding = encoding;
        this.clock = clock;
    }

    void add(PlainFeedClient<OpusSound> tap) {
        tap.emit(new OpusSound(List.copyOf(latest), false));
        taps.add(tap);
        taps.removeIf(PlainFeedClient::isGone);
    }

    /** From any thread. */
    void remove(PlainFeedClient<OpusSound> tap) {
        taps.remove(tap);
    }

    /** Those who listen; from any thread. */
    List<PlainFeedClient<OpusSound>> taps() {
        return taps;
    }

    /** Whether it has something to do even while nothing is said. */
    boolean wantsSilence() {
        return owing || taps.stream().anyMatch(PlainFeedClient::wantsSilence);
    }

    void speak(Audio frame) {
        take(frame.audio(), false);
        owing = !taps.isEmpty();
    }

    void beSilent() {
        if (wantsSilence()) {
            take(SILENCE, true);
            owing = false;
        }
    }

    void close() {
        taps.forEach(PlainFeedClient::end);
        taps.clear();
        stop();
    }

    private void take(ByteBuffer frame, boolean silent) {
        if (taps.isEmpty()) {
            stop();
            return;
        }
        OpusStreamEncoder current = line();
        if (current.waiting() >= MOST_WAITING) {
            encoding.stats().late(current.waiting());
            current.giveUp();
        }
        coming.add(new Coming(current.add(frame, false), silent, silent && owing));
        handOn();
    }

    private OpusStreamEncoder line() {
        if (line == null) {
            line = new OpusStreamEncoder(encoding, clock, this::handOn);
        }
        return line;
    }

    private void stop() {
        if (line != null) {
            line.giveUp();
        }
        line = null;
        owing = false;
        coming.clear();
        latest.clear();
    }

    private void handOn() {
        for (Coming next = coming.peek(); next != null && next.packet().isOver(); next = coming.peek()) {
            coming.remove();
            byte[] bytes = next.packet().bytes();
            for (PlainFeedClient<OpusSound> tap : taps) {
                if (tap.wantsSilence() || !next.silent() || next.end()) {
                    hand(tap, bytes, next.end() && !tap.wantsSilence());
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

    private static void hand(PlainFeedClient<OpusSound> tap, byte @Nullable [] packet, boolean pause) {
        if (packet == null) {
            tap.lose();
        } else {
            tap.emit(new OpusSound(List.of(packet), pause));
        }
    }
}
