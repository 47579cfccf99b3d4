package dev.stentor.speech.reading;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeakerMemory;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpeechSource;
import dev.stentor.text.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * One text that is spoken segment by segment. Belongs to the one subscription of its audio, whose signals are serialized;
 * cancelling, and the arrival of a segment that is still to be written, come on any thread and touch only what is thread-safe.
 * See ADR 19.
 */
final class SegmentedSpeech implements SpeechSource {

    /** Mark of the beginning of a text. */
    static final SegmentMark START = new SegmentMark(0, 0, 0, 0, 0);

    private final SpeechEngine engine;
    private final SpeechRequest request;
    private final SegmentList segments;
    private final int ahead;
    private final Pauses pauses;
    private final SegmentMark start;
    private final SoundBound bound;
    private final SoundBoundStats stats;
    private final Sinks.Many<SegmentMark> marks = Sinks.many().replay().all();
    /** Samples heard so far. */
    private final AtomicLong samples = new AtomicLong();

    private final TrailingSilence trailing = new TrailingSilence();
    /** Characters of the segments that were begun; touched by the signals of the audio only. */
    private long characters;
    /** What the engine is told besides the requests: the context of the listener, and which engine spoke before. Set before the first signal. */
    private volatile Context context = Context.empty();

    private final AtomicBoolean over = new AtomicBoolean();
    /** Receipts of all segments that were begun, by index. A segment that was heard leaves only the receipt itself behind. */
    private final ConcurrentNavigableMap<Integer, Mono<Receipt>> receipts = new ConcurrentSkipListMap<>();
    /** Segments that were begun and not yet heard, or that will be begun as soon as they are written, by index. */
    private final Map<Integer, Mono<PrefetchedSegment>> window = new HashMap<>();
    /** Cancels all segments that are being fetched. */
    private final Disposable.Composite fetching = Disposables.composite();

    private SegmentedSpeech(
            SpeechEngine engine,
            SpeechRequest request,
            SegmentList segments,
            int ahead,
            Pauses pauses,
            SegmentMark start,
            SoundBound bound,
            SoundBoundStats stats) {
        this.engine = engine;
        this.request = request;
        this.segments = segments;
        this.ahead = ahead;
        this.pauses = pauses.atSpeed(request.speed());
        this.start = start;
        this.bound = bound.atSpeed(request.speed());
        this.stats = stats;
    }

    /**
     * Creates the speech of a text from a mark on.
     *
     * @param pauses pauses between the segments at speed 1
     * @param bound most sound at speed 1 for the characters that were begun by then
     */
    static Speech of(
            SpeechEngine engine,
            SpeechRequest request,
            SegmentList segments,
            int ahead,
            Pauses pauses,
            SegmentMark start,
            SoundBound bound,
            SoundBoundStats stats) {
        var speech = new SegmentedSpeech(engine, request, segments, ahead, pauses, start, bound, stats);
        return Speech.once(() -> speech).withMarks(speech.marks.asFlux());
    }

    @Override
    public Flux<ByteBuffer> audio() {
        Flux<ByteBuffer> sound = Flux.range(start.index(), Integer.MAX_VALUE - start.index())
                .takeWhile(_ -> !over.get())
                .concatMap(this::segment, 0);
        return Flux.deferContextual(listener -> {
            context = SpeakerMemory.begin(Context.of(listener));
            return bound.guard(sound, () -> characters, stats::overlong)
                    .doOnTerminate(this::end)
                    .doOnCancel(this::end);
        });
    }

    /** Returns the sound of a segment, which may have to be waited for; empty at the end of the text. */
    private Flux<ByteBuffer> segment(int index) {
        Flux<ByteBuffer> sound = segments.next(index)
                .switchIfEmpty(Mono.fromRunnable(() -> over.set(true)))
                .flatMapMany(settled -> pause(pauses.at(settled.before()))
                        .concatWith(Flux.defer(() -> heard(index, settled.segment()))));
        boolean waits = pauses.any() && index > start.index() && segments.mayCome(index);
        return waits ? pause(trailing.samples() + SpeechTime.FRAME_SAMPLES).concatWith(sound) : sound;
    }

    private Flux<ByteBuffer> pause(long wanted) {
        return trailing.upTo(wanted).doOnNext(this::count);
    }

    /** Returns the sound of the segment that is heard now. At its first sound the next ones are fetched. */
    private Flux<ByteBuffer> heard(int index, Segment segment) {
        var mark = new SegmentMark(
                index, segments.count(), segment.from(), segment.to(), start.firstSample() + samples.get());
        marks.tryEmitNext(mark).orThrow();
        characters += segment.text().length();
        Mono<PrefetchedSegment> fetched = window.remove(index);
        Flux<ByteBuffer> sound =
                fetched == null ? live(mark, segment) : fetched.flatMapMany(whole -> soundOf(whole, mark));
        var begun = new AtomicBoolean();
        return sound.doOnNext(buffer -> {
                    count(buffer);
                    if (begun.compareAndSet(false, true)) {
                        fetchBehind(index);
                    }
                })
                .doOnTerminate(() -> receipts.computeIfPresent(index, (_, receipt) -> settled(receipt)));
    }

    private void count(ByteBuffer buffer) {
        samples.addAndGet(buffer.remaining() / Short.BYTES);
        trailing.add(buffer);
    }

    private Flux<ByteBuffer> soundOf(PrefetchedSegment fetched, SegmentMark mark) {
        return fetched.sound()
                .doOnNext(_ -> tellWords(fetched::nextMark, mark))
                .doOnTerminate(() -> fetching.remove(fetched));
    }

    /** Tells the words of a segment that the engine has told by now. */
    private void tellWords(Supplier<@Nullable SegmentMark> told, SegmentMark mark) {
        for (SegmentMark part = told.get(); part != null; part = told.get()) {
            if (!part.words().isEmpty()) {
                long before = part.firstSample();
                marks.tryEmitNext(mark.with(part.words().stream()
                        .map(word -> word.later(mark.from(), before))
                        .toList()));
            }
        }
    }

    private static Mono<Receipt> settled(Mono<Receipt> receipt) {
        return Mono.fromFuture(receipt.onErrorComplete().toFuture(), true);
    }

    private Flux<ByteBuffer> live(SegmentMark mark, Segment segment) {
        Speech speech = engine.speak(request.withText(segment.text()));
        receipts.put(mark.index(), speech.receipt());
        ToldMarks told = ToldMarks.of(speech);
        return speech.audio()
                .doOnNext(_ -> tellWords(told::poll, mark))
                .doFinally(_ -> told.dispose())
                .contextWrite(context);
    }

    private void fetchBehind(int index) {
        for (int next = index + 1; next <= index + ahead && !fetching.isDisposed(); next++) {
            if (!window.containsKey(next) && (next < segments.count() || segments.mayCome(next))) {
                window.put(next, fetched(next));
            }
        }
    }

    /** Fetches a segment as soon as it is written. */
    private Mono<PrefetchedSegment> fetched(int index) {
        CompletableFuture<@Nullable PrefetchedSegment> coming = segments.segment(index)
                .map(settled -> fetch(index, settled.segment()))
                .toFuture();
        if (!coming.isDone()) {
            fetching.add(() -> coming.cancel(true));
        }
        return Mono.fromFuture(coming, true);
    }

    private PrefetchedSegment fetch(int index, Segment segment) {
        SpeechRequest part = request.withText(segment.text());
        var fetched = new PrefetchedSegment(() -> engine.speak(part), context);
        if (fetching.add(fetched)) {
            receipts.put(index, fetched.receipt());
            fetched.begin();
        }
        return fetched;
    }

    private void end() {
        fetching.dispose();
        marks.tryEmitComplete();
    }

    /** Returns the sum of the segments' receipts; the receipt of a cancelled one may be missing. */
    @Override
    public Mono<Receipt> receipt(Receipt.Ending ending) {
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
