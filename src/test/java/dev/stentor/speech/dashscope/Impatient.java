package dev.stentor.speech.dashscope;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A scheduler in real time that divides every wait by a number, so that pauses between attempts become milliseconds. */
record Impatient(Scheduler real, int faster) implements Scheduler {

    @Override
    public Disposable schedule(Runnable task) {
        return real.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return real.schedule(task, unit.toNanos(delay) / faster, TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        return real.createWorker();
    }
}
