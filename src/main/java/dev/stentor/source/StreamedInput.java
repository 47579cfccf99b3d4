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
 * An input that a stream of samples fills. When the buffer is full, demand on the stream stops, down to its sender. Begins at
 * once, ends with {@link #close}. Read on the clock's thread; filled on the stream's and the work threads, one at a time.
 */
final class StreamedInput implements Input {

    private final SourceBuffer buffer;
    private final Scheduler work;
    private final Filler filler = new Filler();

    private StreamedInput(SourceBuffer.Bounds bounds, Scheduler work) {
        this.work = work;
        this.buffer = new SourceBuffer(bounds, this::goOn);
    }

    /**
     * Subscribes to the sound. The input ends behind the last sample, also when the sound fails.
     *
     * @param work fills the buffer when there is room again; not owned
     */
    static StreamedInput of(Flux<float[]> sound, SourceBuffer.Bounds bounds, Scheduler work) {
        StreamedInput input = new StreamedInput(bounds, work);
        sound.subscribe(input.filler);
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
        filler.cancel();
    }

    private void goOn() {
        if (filler.pending != null) {
            var _ = work.schedule(filler::drain);
        }
    }

    /**
     * The subscriber, which writes one array after the other. {@code drains} lets one thread in at a time, and the next one see
     * its work.
     */
    private final class Filler extends BaseSubscriber<float[]> {

        private final AtomicInteger drains = new AtomicInteger();
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
            over = true; // the maker of the stream has reported it
            drain();
        }

        private void drain() {
            if (drains.getAndIncrement() != 0) {
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
                missed = drains.addAndGet(-missed);
            } while (missed != 0);
        }
    }
}
