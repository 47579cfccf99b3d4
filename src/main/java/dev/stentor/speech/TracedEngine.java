package dev.stentor.speech;

import dev.stentor.trace.TraceKey;
import dev.stentor.trace.TraceSpan;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * An engine each of whose requests is a step of the trace in the Reactor context of the sound, if there is one. Thread-safe.
 *
 * @param engine speaks; closed by its owner
 * @param step name of the step
 * @param key what the name of the engine is told as
 * @param name name of the engine
 */
public record TracedEngine(SpeechEngine engine, String step, TraceKey key, String name) implements SpeechEngine {

    @Override
    public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Speech speech = engine.speak(request);
        return new Speech(
                Flux.deferContextual(context -> traced(TraceSpan.in(context), request, speech.audio())),
                speech.receipt(),
                speech.marks());
    }

    private Flux<ByteBuffer> traced(TraceSpan parent, SpeechRequest request, Flux<ByteBuffer> audio) {
        if (!parent.isOn()) {
            return audio;
        }
        TraceSpan span = parent.child(step)
                .with(key, name)
                .with(TraceKey.MODEL, request.model())
                .with(TraceKey.CHARACTERS, request.text().length());
        var samples = new AtomicLong();
        return audio.doOnNext(buffer -> count(span, samples, buffer))
                .doOnError(error -> {
                    span.failed(code(error));
                    end(span, samples, "failed");
                })
                .doOnComplete(() -> end(span, samples, "done"))
                .doOnCancel(() -> end(span, samples, "cancelled"))
                .contextWrite(span::putIn);
    }

    private static void count(TraceSpan span, AtomicLong samples, ByteBuffer buffer) {
        if (samples.getAndAdd(buffer.remaining() / Short.BYTES) == 0) {
            span.event("first sound");
        }
    }

    private static void end(TraceSpan span, AtomicLong samples, String reason) {
        span.with(TraceKey.SAMPLES, samples.get()).with(TraceKey.END, reason).end();
    }

    private static String code(Throwable error) {
        return error instanceof SpeechException known ? known.failure().code() : "EngineFault";
    }
}
