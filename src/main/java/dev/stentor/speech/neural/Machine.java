package dev.stentor.speech.neural;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The machine that computes.
 *
 * @param cores number of cores
 * @param heapBytes largest heap
 * @param nanos time that passes
 * @param cpuNanos processor time that this process has used
 * @param hasClass tells whether a class can be loaded, by its name
 */
record Machine(int cores, long heapBytes, LongSupplier nanos, LongSupplier cpuNanos, Predicate<String> hasClass) {

    private static final int MOST_THREADS = 4;

    /** Returns this machine. */
    static Machine present() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                runtime.availableProcessors(),
                runtime.maxMemory(),
                System::nanoTime,
                () -> ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos(),
                Machine::canLoad);
    }

    private static boolean canLoad(String name) {
        try {
            var _ = Class.forName(name, false, Machine.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    /** Returns the number of threads for one sentence: more than four are hardly faster. */
    int threads() {
        return Math.min(cores, MOST_THREADS);
    }

    /** Returns the number of sentences at once: at least two, so that the short first one of a text need not wait for a long one of another. */
    int workers() {
        return Math.max(2, cores / 2);
    }
}
