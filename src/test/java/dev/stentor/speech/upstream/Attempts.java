package dev.stentor.speech.upstream;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/** Sounds and failures for tests, and an engine that does one thing after the other. */
final class Attempts {

    static final byte[] SOUND = Signals.selfIndexing(12_000);
    static final SpeechFailure CUT = new SpeechFailure.Truncated("Cut off.", 1);
    static final SpeechFailure DOWN = new SpeechFailure.Unreachable("Nobody there.");
    static final SpeechFailure BUSY = new SpeechFailure.Throttled("Throttling", "Later.", null);
    static final SpeechFailure WRONG = new SpeechFailure.Refused(400, "InvalidParameter", "No.", "id");
    static final SpeechFailure NO_KEY = new SpeechFailure.Refused(401, "InvalidApiKey", "No.", "id");
    static final SpeechFailure NO_MODEL = new SpeechFailure.Refused(404, "ModelNotFound", "No.", "id");

    private Attempts() {}

    /** Creates an engine that makes these attempts one after the other, and then repeats the last one. */
    @SafeVarargs
    static ScriptedEngine trying(Flux<ByteBuffer>... attempts) {
        var next = new AtomicInteger();
        return ScriptedEngine.of(_ -> attempts[Math.min(next.getAndIncrement(), attempts.length - 1)]);
    }

    static Flux<ByteBuffer> whole() {
        return Flux.fromIterable(Signals.chunks(SOUND, 1_000));
    }

    static Flux<ByteBuffer> failing(SpeechFailure failure) {
        return Flux.error(() -> new SpeechException(failure));
    }

    /** Returns a number of its samples in buffers of another size, and then a failure. */
    static Flux<ByteBuffer> brokenAfter(int samples, SpeechFailure failure) {
        return Flux.fromIterable(Signals.chunks(Arrays.copyOf(SOUND, samples * 2), 702))
                .concatWith(failing(failure));
    }
}
