package dev.stentor.broadcast;

import dev.stentor.clock.TickClock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An encoder of one stream of sound. Frames go to a worker, strictly in order and a few at a time, and their packets come back
 * to the clock's thread. Confined to that thread; the codec belongs to the one worker that has a task of this stream.
 */
final class StreamEncoder {

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.stentor.broadcast.OpusLine");
    /** The most frames of a task: about 1 ms of work, so no stream holds a worker for long. */
    private static final int FRAMES_PER_TASK = 16;

    private final FrameCodec codec;
    private final Executor workers;
    private final EncodingStats stats;
    private final TickClock clock;
    private final Runnable progress;
    private final ArrayDeque<Packet> waiting = new ArrayDeque<>();
    private boolean working;
    private boolean anew;

    /** The packet of a frame, as soon as there is one. Confined to the clock's thread. */
    static final class Packet {
        private final ByteBuffer frame;
        private final boolean first;
        private final boolean last;
        private byte @Nullable [] bytes;
        private boolean over;

        private Packet(ByteBuffer frame, boolean first, boolean last) {
            this.frame = frame;
            this.first = first;
            this.last = last;
        }

        /** Tells whether the frame was encoded, or given up. */
        boolean isOver() {
            return over;
        }

        /** Returns the packet, never to be changed; null until there is one, and for ever if the frame was given up. */
        byte @Nullable [] bytes() {
            return bytes;
        }

        private void finish(byte @Nullable [] result) {
            bytes = result;
            over = true;
        }
    }

    /**
     * Creates an encoder that does nothing yet.
     *
     * @param workers threads that encode; they get one task at a time
     * @param progress run on the clock's thread when packets are over that were not when they were added
     */
    StreamEncoder(FrameCodec codec, Executor workers, EncodingStats stats, TickClock clock, Runnable progress) {
        this.codec = codec;
        this.workers = workers;
        this.stats = stats;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Takes the next frame; {@link #work} has it encoded.
     *
     * @param frame 20 ms of sound; never changed
     * @param last whether a pause follows: the packet then brings what the encoder would keep back
     */
    Packet add(ByteBuffer frame, boolean last) {
        var packet = new Packet(frame, anew, last);
        anew = false;
        waiting.add(packet);
        stats.waiting(1);
        return packet;
    }

    /** Makes the next frame begin a stream of its own, as after a pause. */
    void beginAnew() {
        anew = true;
    }

    /** Returns how many frames no worker has taken yet. */
    int waiting() {
        return waiting.size();
    }

    /** Gives up all frames that no worker has taken; the next frame begins a stream of its own. */
    void giveUp() {
        stats.waiting(-waiting.size());
        waiting.forEach(packet -> packet.finish(null));
        waiting.clear();
        beginAnew();
    }

    /** Tells whether a worker has frames of this stream. */
    boolean isWorking() {
        return working;
    }

    /** Gives the frames that wait to a worker, as many as it may have, unless it has some. */
    void work() {
        if (working || waiting.isEmpty()) {
            return;
        }
        List<Packet> batch = new ArrayList<>();
        while (batch.size() < FRAMES_PER_TASK && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        stats.waiting(-batch.size());
        try {
            workers.execute(() -> encode(batch));
            working = true;
        } catch (RejectedExecutionException shutDown) {
            batch.forEach(packet -> packet.finish(null));
            giveUp();
        }
    }

    /** Encodes a batch; runs on a worker. */
    private void encode(List<Packet> batch) {
        long begin = clock.micros();
        List<byte @Nullable []> results = new ArrayList<>();
        try {
            batch.forEach(packet -> results.add(encode(packet)));
        } finally { // after an Error too: the stream must continue
            stats.encoded(results.size(), clock.micros() - begin);
            clock.execute(() -> finish(batch, results));
        }
    }

    private byte @Nullable [] encode(Packet packet) {
        try {
            if (packet.first) {
                codec.reset();
            }
            return codec.encode(packet.frame, packet.last);
        } catch (RuntimeException fault) {
            LOG.error("a frame was not encoded", fault);
            stats.failed();
            codec.reset();
            return null;
        }
    }

    private void finish(List<Packet> batch, List<byte @Nullable []> results) {
        working = false;
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).finish(i < results.size() ? results.get(i) : null);
        }
        work();
        progress.run();
    }
}
