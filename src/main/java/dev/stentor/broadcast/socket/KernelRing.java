package dev.stentor.broadcast.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Linux's io_uring: many sends in one call, see io_uring(7). Each is tried at once and waits for nothing, so that all have been
 * completed when {@link #submit} returns. Confined to the thread that opened it.
 */
final class KernelRing implements AutoCloseable {

    /** The result of a send of which nobody can say whether it took place; the ring is of no use after it. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int INTERRUPTED = -4;
    private static final int BAD_DESCRIPTOR = -9;

    /** As in linux/io_uring.h: sizes, and where the kernel tells the places of what it shares. */
    private static final int PARAMS_BYTES = 120;

    private static final int FEATURES = 20;
    private static final int SINGLE_MMAP = 1;
    private static final int SQ_TAIL = 40 + 4;
    private static final int SQ_ARRAY = 40 + 24;
    private static final int CQ_ENTRIES = 4;
    private static final int CQ_HEAD = 80;
    private static final int CQ_TAIL = 80 + 4;
    private static final int CQ_CQES = 80 + 20;
    private static final long SQES_OFFSET = 0x1000_0000L;
    private static final int SQE_BYTES = 64;
    private static final int CQE_BYTES = 16;
    private static final byte OPCODE_SEND = 26;
    private static final int DONT_WAIT_NO_SIGNAL = 0x40 | 0x4000;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle SHARED_INT = INT.varHandle();

    private final KernelCalls calls;
    private final int descriptor;
    private final MemorySegment shared;
    private final MemorySegment sends;
    private final long tailAt;
    private final long completedHeadAt;
    private final long completedTailAt;
    private final long completionsAt;
    private final int completionMask;
    private final int entries;
    private int tail;
    private int completedHead;
    private int added;

    private KernelRing(KernelCalls calls, int descriptor, MemorySegment params, int entries) throws IOException {
        this.calls = calls;
        this.descriptor = descriptor;
        this.entries = entries;
        tailAt = params.get(INT, SQ_TAIL);
        completedHeadAt = params.get(INT, CQ_HEAD);
        completedTailAt = params.get(INT, CQ_TAIL);
        completionsAt = params.get(INT, CQ_CQES);
        int completions = params.get(INT, CQ_ENTRIES);
        completionMask = completions - 1;
        long arrayAt = params.get(INT, SQ_ARRAY);
        long sharedBytes = Math.max(arrayAt + 4L * entries, completionsAt + (long) CQE_BYTES * completions);
        shared = calls.map(descriptor, 0, sharedBytes);
        sends = calls.map(descriptor, SQES_OFFSET, (long) SQE_BYTES * entries);
        for (int i = 0; i < entries; i++) {
            shared.set(INT, arrayAt + 4L * i, i);
        }
    }

    /**
     * Makes a ring, and sees whether it sends.
     *
     * @param entries at most so many sends in one call; a power of two
     * @throws IOException with the kernel's reason: too old, or a container or the administrator forbids it
     */
    static KernelRing open(int entries) throws IOException {
        var calls = new KernelCalls(Arena.ofAuto());
        MemorySegment params = Arena.ofAuto().allocate(PARAMS_BYTES, 8);
        long descriptor = calls.setUp(entries, params);
        if (descriptor < 0) {
            throw new IOException("io_uring_setup: error " + -descriptor);
        }
        if ((params.get(INT, FEATURES) & SINGLE_MMAP) == 0) {
            calls.close((int) descriptor);
            throw new IOException("io_uring: the kernel is too old");
        }
        KernelRing ring;
        try {
            ring = new KernelRing(calls, (int) descriptor, params, entries);
        } catch (IOException e) {
            calls.close((int) descriptor);
            throw e;
        }
        int[] results = new int[1];
        ring.add(-1, 0, 0);
        ring.submit(results);
        if (results[0] != BAD_DESCRIPTOR) {
            ring.close();
            throw new IOException("io_uring: a send gave " + results[0]);
        }
        return ring;
    }

    /** Adds a send to the next call. Its memory, and its socket, must stay until that has returned. */
    void add(int socket, long address, int bytes) {
        if (added == entries) {
            throw new IllegalStateException("the ring is full");
        }
        long at = (long) SQE_BYTES * ((tail + added) & (entries - 1));
        sends.asSlice(at, SQE_BYTES).fill((byte) 0);
        sends.set(ValueLayout.JAVA_BYTE, at, OPCODE_SEND);
        sends.set(INT, at + 4, socket);
        sends.set(LONG, at + 16, address);
        sends.set(INT, at + 24, bytes);
        sends.set(INT, at + 28, DONT_WAIT_NO_SIGNAL);
        sends.set(LONG, at + 32, added++);
    }

    /**
     * Sends all that was added.
     *
     * @param results for each, in the order in which they were added: how many bytes the socket took, fewer than all or none included;
     *     the negative number of its error; or {@link #UNKNOWN}
     */
    void submit(int[] results) {
        Arrays.fill(results, 0, added, UNKNOWN);
        tail += added;
        SHARED_INT.setRelease(shared, tailAt, tail);
        int left = added;
        int open = 0;
        while (left + open > 0) {
            long taken = calls.enter(descriptor, left, left + open);
            if (taken > 0) {
                left -= (int) taken;
                open += (int) taken;
            }
            int completed = readCompletions(results);
            open -= completed;
            if (taken <= 0 && taken != INTERRUPTED && completed == 0) {
                break;
            }
        }
        Arrays.fill(results, added - left, added, 0); // the kernel had no memory for them: they are as good as refused
        tail -= left;
        SHARED_INT.setRelease(shared, tailAt, tail);
        added = 0;
    }

    private int readCompletions(int[] results) {
        int completedTail = (int) SHARED_INT.getAcquire(shared, completedTailAt);
        int completed = completedTail - completedHead;
        for (; completedHead != completedTail; completedHead++) {
            long at = completionsAt + (long) CQE_BYTES * (completedHead & completionMask);
            results[(int) shared.get(LONG, at)] = shared.get(INT, at + 8);
        }
        SHARED_INT.setRelease(shared, completedHeadAt, completedHead);
        return completed;
    }

    @Override
    public void close() {
        calls.unmap(sends);
        calls.unmap(shared);
        calls.close(descriptor);
    }
}
