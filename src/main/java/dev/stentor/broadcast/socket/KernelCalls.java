package dev.stentor.broadcast.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of Linux that a {@link KernelRing} needs, by the C library. What fails gives the negative number of its error, as in
 * the kernel itself. It is the only place that leaves what Java checks. Confined to one thread.
 */
@SuppressWarnings("restricted") // --enable-native-access allows it, to Netty's epoll as well
final class KernelCalls {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout ERRORS = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR = ERRORS.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** The same on all of Linux's machines: setup, and one more is enter. */
    private static final long IO_URING_SETUP = 425;

    private static final long IO_URING_ENTER = 426;

    /** io_uring_enter(2): come back when so many have been completed. */
    private static final int GET_EVENTS = 1;

    /** mmap(2): read and write, shared, and all pages at once. */
    private static final int READ_WRITE = 3;

    private static final int SHARED_POPULATED = 0x8001;

    private static final MethodHandle SYSCALL_SETUP = call(
            "syscall", FunctionDescriptor.of(LONG, LONG, INT, ValueLayout.ADDRESS), Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL_ENTER = call(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, INT, INT, INT, INT, LONG, LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MMAP = call("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
    private static final MethodHandle MUNMAP = call("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));

    /** Where the number of the latest error is left. */
    private final MemorySegment errors;

    KernelCalls(Arena arena) {
        errors = arena.allocate(ERRORS);
    }

    /** Makes a ring and gives its descriptor. */
    long setUp(int entries, MemorySegment params) {
        try {
            return orError((long) SYSCALL_SETUP.invokeExact(errors, IO_URING_SETUP, entries, params));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Hands over so many, waits until so many have been completed, and gives how many were taken. */
    long enter(int ring, int submissions, int completions) {
        try {
            return orError((long) SYSCALL_ENTER.invokeExact(
                    errors, IO_URING_ENTER, ring, submissions, completions, GET_EVENTS, 0L, 0L));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The ring's memory from that offset on, which is there until it is unmapped. */
    MemorySegment map(int ring, long offset, long bytes) throws IOException {
        try {
            long address =
                    orError((long) MMAP.invokeExact(errors, 0L, bytes, READ_WRITE, SHARED_POPULATED, ring, offset));
            if (address > -4096 && address < 0) {
                throw new IOException("mmap: error " + -address);
            }
            return MemorySegment.ofAddress(address).reinterpret(bytes);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    void unmap(MemorySegment mapped) {
        try {
            var _ = (int) MUNMAP.invokeExact(errors, mapped.address(), mapped.byteSize());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    void close(int descriptor) {
        try {
            var _ = (int) CLOSE.invokeExact(errors, descriptor);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private long orError(long result) {
        return result == -1 ? -(int) ERROR.get(errors, 0L) : result;
    }

    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        var all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, all);
    }
}
