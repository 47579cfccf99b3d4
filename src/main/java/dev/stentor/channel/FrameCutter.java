package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Cuts buffers of any size into frames of 20 ms, and pads the last one with zeros. A frame is given out once more than a frame is
 * there or the end is known, so that the last frame can be flagged. Confined to the clock's thread.
 */
final class FrameCutter {

    private static final int FRAME_BYTES = SpeechTime.FRAME_BYTES;

    private final SoundBlocks blocks;
    /** Blocks, each to be read from its position to its limit, and behind that free; before them frames that were taken back. */
    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();

    private long bytes;
    private boolean ended;
    private boolean begun;

    /**
     * A frame of one utterance.
     *
     * @param audio the samples, padded; read-only
     * @param samples number of samples without the padding
     * @param first whether the utterance begins with it
     * @param last whether the utterance ends with it
     */
    record Frame(ByteBuffer audio, int samples, boolean first, boolean last) {
        Audio at(int generation, long pos, long playMicros) {
            return new Audio(generation, pos, playMicros, first, last, audio, samples);
        }
    }

    /** @param blocks memory for what waits */
    FrameCutter(SoundBlocks blocks) {
        this.blocks = blocks;
    }

    /** Copies a buffer of whole samples, whose position is not moved, and returns their number; after the end adds nothing. */
    int add(ByteBuffer buffer) {
        if (ended) {
            return 0;
        }
        for (int at = buffer.position(); at < buffer.limit(); ) {
            at += append(buffer, at);
        }
        bytes += buffer.remaining();
        return buffer.remaining() / Short.BYTES;
    }

    /** Records that no buffer will follow. */
    void end() {
        ended = true;
    }

    boolean hasFrame() {
        return bytes > FRAME_BYTES || (ended && bytes > 0);
    }

    /** Tells whether everything was given out and nothing will follow. */
    boolean isExhausted() {
        return ended && bytes == 0;
    }

    /** Returns how many samples are there and were not given out. */
    long bufferedSamples() {
        return bytes / Short.BYTES;
    }

    /** Returns the next frame; there must be one. */
    Frame next() {
        int own = (int) Math.min(bytes, FRAME_BYTES);
        boolean first = !begun;
        begun = true;
        ByteBuffer audio = take(own);
        return new Frame(audio, own / Short.BYTES, first, isExhausted());
    }

    /** Takes back all frames that were given out, in order: they will be given out again. */
    void putBack(List<Frame> frames) {
        for (Frame frame : frames.reversed()) {
            ByteBuffer own = frame.audio().slice(0, frame.samples() * Short.BYTES);
            buffers.addFirst(own);
            bytes += own.remaining();
        }
        begun = false;
    }

    /** Drops what is there; nothing will follow. */
    void drop() {
        buffers.forEach(this::giveBack);
        buffers.clear();
        bytes = 0;
        ended = true;
    }

    private ByteBuffer take(int own) {
        bytes -= own;
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
            giveBack(buffers.removeFirst());
        }
    }

    /** Copies what has room in the last block, and returns how much that was. */
    private int append(ByteBuffer buffer, int from) {
        ByteBuffer block = buffers.peekLast();
        if (block == null || block.limit() == block.capacity()) {
            block = blocks.take();
            buffers.addLast(block);
        }
        int at = block.limit();
        int length = Math.min(buffer.limit() - from, block.capacity() - at);
        block.limit(at + length).put(at, buffer, from, length);
        return length;
    }

    private void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == SoundBlocks.BLOCK_BYTES) { // else it is a frame that was taken back
            blocks.giveBack(buffer);
        }
    }
}
