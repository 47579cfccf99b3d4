package dev.stentor.speech.reading;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * A filter that leaves out the beginning of one speech, up to a mark. A speech whose marks tell that it has no such mark is heard whole. The
 * marks come on any thread, always before the sound behind them.
 */
final class SkipUntilMark {

    private final int index;
    /** Position at which the heard sound begins; out of reach until its mark has come. */
    private final AtomicLong firstSample;
    /** Number of samples that came, heard or not. */
    private final AtomicLong position = new AtomicLong();

    SkipUntilMark(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, was " + index);
        }
        this.index = index;
        this.firstSample = new AtomicLong(index == 0 ? 0 : Long.MAX_VALUE);
    }

    Speech from(Speech whole) {
        Flux<SegmentMark> marks = whole.marks().filter(mark -> mark.index() >= index || mark.count() <= index);
        Flux<ByteBuffer> audio = Flux.using(
                () -> whole.marks()
                        .filter(mark -> mark.index() == index || mark.count() <= index)
                        .subscribe(mark -> firstSample.accumulateAndGet(mark.firstSample(), Math::min), _ -> {}),
                _ -> whole.audio().handle(this::skip),
                Disposable::dispose);
        Mono<Receipt> receipt = whole.receipt().map(this::ofHeard);
        return new Speech(audio, receipt, marks);
    }

    private void skip(ByteBuffer buffer, SynchronousSink<ByteBuffer> sink) {
        int samples = buffer.remaining() / Short.BYTES;
        long skipped = Math.min(samples, firstSample.get() - position.getAndAdd(samples));
        if (skipped <= 0) {
            sink.next(buffer);
        } else if (skipped < samples) {
            int bytes = (int) skipped * Short.BYTES;
            sink.next(buffer.slice(buffer.position() + bytes, buffer.remaining() - bytes));
        }
    }

    private Receipt ofHeard(Receipt whole) {
        long heard = Math.max(0, whole.samples() - firstSample.get());
        return new Receipt(whole.requestId(), heard, whole.characters(), whole.ending(), null);
    }
}
