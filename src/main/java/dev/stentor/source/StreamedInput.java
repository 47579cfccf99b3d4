package dev.stentor.source;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * A source that a stream of samples fills: as many as there is room for, then demand stops, down to whoever sends them. Begins at
 * once, ends with {@link #close}. Read on the clock's thread; filled on the stream's and the work threads, one at a time.
 */
final class StreamedInput implements Input {

    private final SourceBuffer buffer;
    private final Scheduler work;
    private final Filling filling = new Filling();

    private StreamedInput(SourceBuffer.Bounds bounds, Scheduler work) {
        this.work = work;
        this.buffer = new SourceBuffer(bounds, this::wanted);
    }

    /**
     * Subscribes to the sound. When that ends the source does, behind its last sample; when it fails too.
     *
     * @param work goes on filling when there is room again; not owned
     */
    static StreamedInput of(Flux<float[]> sound, SourceBuffer.Bounds bounds, Scheduler work) {
        StreamedInput input = new StreamedInput(bounds, work);
        sound.subscribe(input.filling);
        return input;
    }

    @Override
    public Given read(float[] frame) {
        return buffer.read(frame);
    }

    @Override
    public Counters counters() {
        return buffer.counters();
    }

    @Override
    public void close() {
        filling.cancel();
    }

    private void wanted() {
        if (filling.pending != null) {
            var _ = work.schedule(filling::drain);
        }
    }

    /** Passes on part after part. {@code turns} lets one thread in at a time, and the next see what it did. */
    private final class Filling extends BaseSubscriber<float[]> {

        private final AtomicInteger turns = new AtomicInteger();
        private volatile float @Nullable [] pending;
        private volatile boolean over;
        private int at;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(1);
        }

        @Override
        protected void hookOnNext(float[] samples) {
            pending = samples;
            drain();
        }

        @Override
        protected void hookOnComplete() {
            over = true;
            drain();
        }

        @Override
        protected void hookOnError(Throwable failure) {
            over = true; // who made the stream has told of it
            drain();
        }

        private void drain() {
            if (turns.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                float[] next = pending;
                if (next != null) {
                    at += buffer.write(next, at, next.length - at);
                    if (at == next.length) {
                        at = 0;
                        pending = null;
                        request(1);
                    }
                }
                if (over && pending == null) {
                    buffer.end();
                }
                missed = turns.addAndGet(-missed);
            } while (missed != 0);
        }
    }
}
