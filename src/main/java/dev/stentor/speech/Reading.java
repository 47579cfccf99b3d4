package dev.stentor.speech;

import dev.stentor.text.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One long text being spoken. Belongs to the one subscription of its audio, whose signals are serialized; cancelling, which comes on
 * any thread, touches only what is thread-safe.
 */
final class Reading {

    private final SpeechEngine engine;
    private final SpeechRequest request;
    private final List<Segment> segments;
    private final int ahead;
    private final SegmentMark start;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final Sinks.Many<SegmentMark> marks = Sinks.many().replay().all();
    private final Sinks.One<Mono<Receipt>> ended = Sinks.one();
    /** Heard so far. */
    private final AtomicLong samples = new AtomicLong();
    /** Of all segments that were begun, by index. One that was heard leaves only the receipt itself behind. */
    private final ConcurrentNavigableMap<Integer, Mono<Receipt>> receipts = new ConcurrentSkipListMap<>();
    /** Those that were begun and not yet heard, by index. */
    private final Map<Integer, Fetched> window = new HashMap<>();
    /** Ends what is fetched. */
    private final Disposable.Composite fetching = Disposables.composite();

    private Reading(SpeechEngine engine, SpeechRequest request, List<Segment> segments, int ahead, SegmentMark start) {
        this.engine = engine;
        this.request = request;
        this.segments = segments;
        this.ahead = ahead;
        this.start = start;
    }

    static Speech of(SpeechEngine engine, SpeechRequest request, List<Segment> segments, int ahead) {
        Segment first = segments.getFirst();
        return of(engine, request, segments, ahead, new SegmentMark(0, segments.size(), first.from(), first.to(), 0));
    }

    /** Begins at that mark of the text. */
    static Speech of(SpeechEngine engine, SpeechRequest request, List<Segment> segments, int ahead, SegmentMark start) {
        var reading = new Reading(engine, request, segments, ahead, start);
        return new Speech(
                Flux.defer(reading::audio),
                reading.ended.asMono().flatMap(Function.identity()),
                reading.marks.asFlux());
    }

    private Flux<ByteBuffer> audio() {
        if (!subscribed.compareAndSet(false, true)) {
            return Flux.error(new IllegalStateException("The audio can be subscribed to once."));
        }
        return Flux.range(start.index(), segments.size() - start.index())
                .concatMap(this::heard, 0)
                .doOnComplete(() -> end(receipt(Receipt.Ending.COMPLETE)))
                .doOnError(error -> end(Mono.error(error)))
                .doOnCancel(() -> end(receipt(Receipt.Ending.CANCELLED)));
    }

    /** One segment, from the moment on at which it is its turn. Its first sound is the moment to fetch the next ones. */
    private Flux<ByteBuffer> heard(int index) {
        Segment segment = segments.get(index);
        var mark = new SegmentMark(
                index, segments.size(), segment.from(), segment.to(), start.firstSample() + samples.get());
        marks.tryEmitNext(mark).orThrow();
        Fetched fetched = window.remove(index);
        Flux<ByteBuffer> sound =
                fetched == null ? live(index, segment) : fetched.sound().doOnTerminate(() -> fetching.remove(fetched));
        var begun = new AtomicBoolean();
        return sound.doOnNext(buffer -> {
                    samples.addAndGet(buffer.remaining() / 2);
                    if (begun.compareAndSet(false, true)) {
                        fetchBehind(index);
                    }
                })
                .doOnTerminate(() -> receipts.computeIfPresent(index, (_, receipt) -> settled(receipt)));
    }

    private static Mono<Receipt> settled(Mono<Receipt> receipt) {
        return Mono.fromFuture(receipt.onErrorComplete().toFuture(), true);
    }

    private Flux<ByteBuffer> live(int index, Segment segment) {
        Speech speech = engine.speak(request.withText(segment.text()));
        receipts.put(index, speech.receipt());
        return speech.audio();
    }

    private void fetchBehind(int index) {
        int end = Math.min(index + ahead, segments.size() - 1);
        for (int next = index + 1; next <= end && !fetching.isDisposed(); next++) {
            if (!window.containsKey(next)) {
                SpeechRequest part = request.withText(segments.get(next).text());
                var fetched = new Fetched(() -> engine.speak(part));
                window.put(next, fetched);
                receipts.put(next, fetched.receipt());
                fetching.add(fetched);
                fetched.begin();
            }
        }
    }

    private void end(Mono<Receipt> receipt) {
        fetching.dispose();
        ended.tryEmitValue(receipt);
        marks.tryEmitComplete();
    }

    /** The sum; what a cancelled segment cannot say is left out. */
    private Mono<Receipt> receipt(Receipt.Ending ending) {
        long heard = samples.get();
        List<Mono<Receipt>> parts = new ArrayList<>();
        for (Mono<Receipt> part : receipts.values()) {
            parts.add(part.onErrorComplete());
        }
        return Flux.concat(parts)
                .collectList()
                .map(all -> new Receipt(
                        all.isEmpty() ? "" : all.getFirst().requestId(),
                        heard,
                        all.stream().mapToLong(Receipt::characters).sum(),
                        ending,
                        null));
    }
}
