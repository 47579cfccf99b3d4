package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What waits to be sent by the sockets of one event loop in one call. Sockets are closed on that loop too, and never between
 * {@link #add} and {@link #submit}: so the number of a socket is not another's by then. Confined to the event loop.
 */
final class BatchedSends {

    private static final int MOST = 1_024;

    private static final FastThreadLocal<Optional<BatchedSends>> OF_THIS_LOOP = new FastThreadLocal<>() {
        @Override
        protected Optional<BatchedSends> initialValue() {
            try {
                return Optional.of(new BatchedSends(KernelRing.open(MOST)));
            } catch (IOException refused) {
                return Optional.empty();
            }
        }

        @Override
        protected void onRemoval(Optional<BatchedSends> ended) {
            ended.ifPresent(gathered -> gathered.ring.close());
        }
    };

    private final KernelRing ring;
    private final List<ByteBuf> messages = new ArrayList<>();
    private final List<SendStrategy.Rest> rests = new ArrayList<>();
    private final List<ByteBuf> kept = new ArrayList<>();
    private final int[] results = new int[MOST];
    private long address;
    private int told;
    private boolean broken;

    private BatchedSends(KernelRing ring) {
        this.ring = ring;
    }

    /** Those of the thread that calls, with a ring of its own as long as it lives; none if the kernel refuses that. */
    static Optional<BatchedSends> ofThisLoop() {
        return OF_THIS_LOOP.get();
    }

    /** Why the kernel refuses a ring; nothing if it does not. From any thread. */
    static Optional<String> refusal() {
        try {
            KernelRing.open(1).close();
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** Adds bytes, of which it keeps a reference as long as the kernel needs them; says whether it could. */
    @SuppressWarnings("ReferenceEquality") // the same memory is meant, not the same bytes
    boolean add(int socket, ByteBuf shared, SendStrategy.Rest rest) {
        if (broken || !shared.isDirect()) {
            return false;
        }
        if (messages.size() == MOST) {
            submit();
        }
        if (kept.isEmpty() || kept.getLast() != shared) {
            kept.add(shared.retain());
            address = MemorySegment.ofBuffer(shared.internalNioBuffer(shared.readerIndex(), shared.readableBytes()))
                    .address();
        }
        ring.add(socket, address, shared.readableBytes());
        messages.add(shared);
        rests.add(rest);
        return true;
    }

    /** Sends all, and tells each what its socket has taken. */
    void submit() {
        ring.submit(results);
        while (told < rests.size()) {
            int i = told++;
            broken |= results[i] == KernelRing.UNKNOWN;
            rests.get(i).after(messages.get(i), takenBy(results[i]));
        }
        if (!broken) { // else the kernel may still read them
            kept.forEach(ByteBuf::release);
        }
        told = 0;
        kept.clear();
        messages.clear();
        rests.clear();
    }

    /** Any error is for Netty to meet again: it closes the connection then. */
    private static int takenBy(int result) {
        return result == KernelRing.UNKNOWN ? SendStrategy.UNKNOWN : Math.max(0, result);
    }
}
