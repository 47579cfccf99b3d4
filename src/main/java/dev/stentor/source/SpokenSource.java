package dev.stentor.source;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceBuffer;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Makes the input of a text that an engine speaks beside the speech of the channel. No sample is lost, however late it comes. */
public final class SpokenSource {

    private static final float FULL_SCALE = 32_768;

    private SpokenSource() {}

    /**
     * Begins to speak a text. The input ends with the speech, also when that fails.
     *
     * @param work starts the engine; not owned
     * @param failed gets the failure, before the end of the input; on any thread
     */
    public static Input of(SpeechEngine engine, SpeechRequest request, Scheduler work, Consumer<SpeechFailure> failed) {
        Flux<float[]> sound = Flux.defer(() -> engine.speak(request).audio())
                .subscribeOn(work)
                .doOnError(error -> failed.accept(failure(error)))
                .map(SpokenSource::samples)
                .filter(samples -> samples.length > 0);
        return StreamedInput.of(sound, SourceBuffer.Bounds.PATIENT, work);
    }

    private static SpeechFailure failure(Throwable error) {
        return error instanceof SpeechException known
                ? known.failure()
                : new SpeechFailure.EngineFault("The engine failed.");
    }

    private static float[] samples(ByteBuffer speech) {
        ByteBuffer bytes = speech.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] samples = new float[bytes.remaining() / Short.BYTES];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort() / FULL_SCALE;
        }
        return samples;
    }
}
