package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Audio;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Cuts buffers of any size into frames of 20 ms, the last one zero-padded. A frame is given out once more than a frame is there
 * or the end is known, so that the last frame can be marked. Confined to the clock's thread.
 */
final class FrameCutter {

    private static final int FRAME_BYTES = ChannelEvent.FRAME_SAMPLES * Short.BYTES;

    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean begun;

    /** One frame's worth. */
    record Frame(ByteBuffer audio, int samples, boolean first, boolean last) {
        Audio at(int generation, long pos, long playMicros) {
            return new Audio(generation, pos, playMicros, first, last, audio, samples);
        }
    }

    /** Takes a buffer of whole samples; it is not moved. */
    void add(ByteBuffer buffer) {
        buffers.add(buffer.duplicate());
        bytes += buffer.remaining();
    }

    /** No buffer will follow. */
    void end() {
        ended = true;
    }

    boolean hasFrame() {
        return bytes > FRAME_BYTES || (ended && bytes > 0);
    }

    /** Whether everything was given out and nothing will follow. */
    boolean isExhausted() {
        return ended && bytes == 0;
    }

    long bufferedSamples() {
        return bytes / Short.BYTES;
    }

    /** The next frame; only if {@link #hasFrame}. */
    Frame next() {
        int own = (int) Math.min(bytes, FRAME_BYTES);
        boolean first = !begun;
        begun = true;
        ByteBuffer audio = take(own);
        return new Frame(audio, own / Short.BYTES, first, isExhausted());
    }

    /** Takes back what was given out first, all of it up to now, in order: it will be given out again. */
    void putBack(List<Frame> frames) {
        for (Frame frame : frames.reversed()) {
            ByteBuffer own = frame.audio().slice(0, frame.samples() * Short.BYTES);
            buffers.addFirst(own);
            bytes += own.remaining();
        }
        begun = false;
    }

    /** Forgets what is there; nothing will follow. */
    void drop() {
        buffers.clear();
        bytes = 0;
        ended = true;
    }

    private ByteBuffer take(int own) {
        bytes -= own;
        ByteBuffer head = buffers.getFirst();
        if (head.remaining() >= FRAME_BYTES) {
            ByteBuffer slice = head.slice(head.position(), FRAME_BYTES).asReadOnlyBuffer();
            head.position(head.position() + FRAME_BYTES);
            dropEmptyHead();
            return slice;
        }
        ByteBuffer joined = ByteBuffer.allocate(FRAME_BYTES);
        while (joined.position() < own) {
            ByteBuffer from = buffers.getFirst();
            int length = Math.min(from.remaining(), own - joined.position());
            joined.put(joined.position(), from, from.position(), length);
            joined.position(joined.position() + length);
            from.position(from.position() + length);
            dropEmptyHead();
        }
        return joined.clear().asReadOnlyBuffer();
    }

    private void dropEmptyHead() {
        if (!buffers.getFirst().hasRemaining()) {
            buffers.removeFirst();
        }
    }
}
