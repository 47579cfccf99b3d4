package dev.stentor.archive;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import reactor.test.publisher.TestPublisher;

/** One text and its sound, and an engine that gives as much of the sound as the test hands out. */
final class Recital {

    static final byte[] SOUND = Signals.selfIndexing(24_000);
    static final List<ByteBuffer> CHUNKS = Signals.chunks(SOUND, 4_800);
    static final SpeechRequest REQUEST = SpeechRequest.of("What is to be said once.");

    final TestPublisher<ByteBuffer> source = TestPublisher.create();
    final ScriptedEngine engine = ScriptedEngine.of(_ -> source.flux());

    /** Waits until an assertion holds that depends on the disk's threads. */
    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }
}
