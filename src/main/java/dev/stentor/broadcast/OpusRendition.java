package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.clock.TickClock;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel's entries in Opus. Workers encode the frames. Events, and listeners who join, wait behind the frames before them,
 * so order and numbers are those of PCM. A clear does not wait. Confined to the clock's thread. See ADR 25.
 */
final class OpusRendition implements Audience {

    private final Rendition rendition;
    private final TickClock clock;
    private final OpusEntries entries;
    private final StreamEncoder stream;
    private final EncodingStats stats;
    private int mostWaiting;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private @Nullable String speaker;
    /** The number of frames that wait because they were old when the rendition began; it only falls. */
    private int backlog;

    private int expected;
    private boolean closed;

    /** An item of the queue. */
    private sealed interface Slot {
        /** An entry of PCM whose frame is being encoded. */
        record Sound(Entry source, Audio frame, StreamEncoder.Packet packet) implements Slot {}

        /** An entry that is the same in every rendition; owned. */
        record Text(Entry entry) implements Slot {}

        /** A listener that is to hear what comes from here on, and may ask for what was before. */
        record Joining(Listener listener, JoinRequest request, Runnable onLeave) implements Slot {}
    }

    /**
     * Creates a rendition that begins with the latest entries of another one.
     *
     * @param past the ring of that rendition; only read
     * @param firstSeq the entry of that ring to begin with
     */
    OpusRendition(
            StreamParameters parameters,
            SoundEncoding encoding,
            TickClock clock,
            ByteBufAllocator allocator,
            BroadcastStats losses,
            EntryRing past,
            long firstSeq) {
        this.rendition = new Rendition(parameters, clock, losses, firstSeq, past.before(firstSeq));
        this.clock = clock;
        this.entries = new OpusEntries(new MessageBlocks(allocator));
        this.stream = new StreamEncoder(
                FrameCodec.opus(encoding.opus()), encoding.workers(), encoding.stats(), clock, this::onProgress);
        this.stats = encoding.stats();
        this.mostWaiting = mostWaiting(parameters);
        for (long seq = firstSeq; seq < past.nextSeq(); seq++) {
            take(past.get(seq).withSound());
        }
        stream.work();
        this.backlog = stream.waiting(); // the past may take its time
    }

    /** Takes the next entry of the channel, which stays the caller's. */
    void on(Entry entry) {
        giveUpWhatIsLate();
        take(entry);
    }

    private void take(Entry entry) {
        switch (entry.event()) {
            case Audio frame -> {
                slots.add(new Slot.Sound(entry, frame, stream.add(frame.audio(), endsSound(frame))));
            }
            case SpeechCleared _ -> {
                speaker = null;
                stream.giveUp();
                cancelAllBefore(entry);
            }
            case UtteranceStarted started -> {
                speaker = started.id();
                pass(entry);
            }
            case UtteranceEnded ended -> {
                speaker = ended.id().equals(speaker) ? null : speaker;
                pass(entry);
            }
            case TimelineMoved _ -> {
                if (speaker == null) {
                    stream.beginAnew(); // in mid-utterance the sound goes on where it stopped
                }
                pass(entry);
            }
            default -> pass(entry);
        }
        goOn();
    }

    @Override
    public void admit(Listener listener, JoinRequest request, Runnable onLeave) {
        expected++;
        slots.add(new Slot.Joining(listener, request, onLeave));
        goOn();
    }

    @Override
    public void dismiss(Listener listener) {
        expected--;
        rendition.dismiss(listener);
    }

    /** Tells whether nobody listens, or is about to. */
    boolean isDeserted() {
        return expected == 0;
    }

    /** Has the new frames encoded together. What is encoded already is sent together with them, unless it must not wait. */
    @Override
    public void flush() {
        stream.work();
        if (stream.isWorking()) {
            rendition.flushUrgent();
        } else {
            rendition.flush();
        }
    }

    @Override
    public int ticksUntilSent(long nowMicros) {
        return rendition.ticksUntilSent(nowMicros);
    }

    @Override
    public void drain(long restMillis, long spreadMillis) {
        rendition.drain(restMillis, spreadMillis);
        turnAwayWhoWaits(listener -> listener.bye(0));
    }

    @Override
    public void sendAway(CloseReason reason) {
        rendition.sendAway(reason);
        turnAwayWhoWaits(listener -> listener.sendAway(reason));
    }

    @Override
    public void follow(StreamParameters parameters) {
        mostWaiting = mostWaiting(parameters);
        rendition.follow(parameters);
    }

    private static int mostWaiting(StreamParameters parameters) {
        long mostMillis = parameters.leadMillis() + parameters.settings().lag().toMillis() / 2;
        return Math.toIntExact(mostMillis / SpeechTime.FRAME_MILLIS);
    }

    private void turnAwayWhoWaits(Consumer<Listener> farewell) {
        for (Slot slot : slots) {
            if (slot instanceof Slot.Joining joining) {
                turnAway(joining, farewell);
            }
        }
        slots.removeIf(slot -> slot instanceof Slot.Joining);
    }

    @Override
    public void release() {
        closed = true;
        stream.giveUp();
        slots.forEach(slot -> {
            switch (slot) {
                case Slot.Sound _ -> {}
                case Slot.Text(Entry entry) -> entry.release();
                case Slot.Joining joining -> turnAway(joining, listener -> listener.bye(0));
            }
        });
        slots.clear();
        entries.release();
        rendition.release();
    }

    private void pass(Entry entry) {
        entry.retain();
        slots.add(new Slot.Text(entry));
    }

    /** Tells whether silence follows a frame. In a mix other sound goes on behind the end of an utterance. */
    private static boolean endsSound(Audio frame) {
        return frame.last() && !frame.mixed();
    }

    /**
     * Gives up all waiting frames if they would not be heard in time: there is one hole, and then the stream is in time again.
     */
    private void giveUpWhatIsLate() {
        backlog = Math.min(backlog, stream.waiting());
        if (stream.waiting() - backlog >= mostWaiting) {
            stats.late(stream.waiting());
            stream.giveUp();
        }
    }

    /**
     * Adds all that waits, as cancelled, together with the clear: listeners that lack the cancelled entries continue with the
     * clear.
     */
    private void cancelAllBefore(Entry clear) {
        List<Slot.Joining> joining = new ArrayList<>();
        for (Slot slot = slots.poll(); slot != null; slot = slots.poll()) {
            switch (slot) {
                case Slot.Sound(Entry source, var frame, var packet) -> add(entries.cancelled(source));
                case Slot.Text(Entry entry) -> add(entry);
                case Slot.Joining later -> joining.add(later);
            }
        }
        clear.retain();
        add(clear);
        slots.addAll(joining);
    }

    private void onProgress() {
        if (!closed) {
            goOn();
            rendition.flush();
        }
    }

    /** Adds all items at the head of the queue that are ready. */
    private void goOn() {
        for (Slot slot = slots.peek(); slot != null; slot = slots.peek()) {
            switch (slot) {
                case Slot.Sound(Entry source, Audio frame, StreamEncoder.Packet packet) -> {
                    if (!packet.isOver()) {
                        return;
                    }
                    byte[] bytes = packet.bytes();
                    add(bytes == null ? entries.silence(source, frame) : entries.sound(source, frame, bytes));
                }
                case Slot.Text(Entry entry) -> add(entry);
                case Slot.Joining(Listener listener, JoinRequest request, Runnable onLeave) ->
                    rendition.admit(listener, request, onLeave);
            }
            slots.remove();
        }
    }

    /** Adds an entry as released now: only from now on may a listener be late with it. */
    private void add(Entry entry) {
        rendition.add(entry.releasedAt(clock.micros()));
    }

    private static void turnAway(Slot.Joining joining, Consumer<Listener> farewell) {
        Listener listener = joining.listener();
        listener.loop().execute(() -> {
            listener.onLeave(joining.onLeave());
            farewell.accept(listener);
        });
    }
}
