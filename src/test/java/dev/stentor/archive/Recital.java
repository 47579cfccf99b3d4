package dev.stentor.archive;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import reactor.test.publisher.TestPublisher;

/** One text and its sound, and an engine that gives of it what the test hands out. */
final class Recital {

    static final byte[] SOUND = Signals.selfIndexing(24_000);
    static final List<ByteBuffer> CHUNKS = Signals.chunks(SOUND, 4_800);
    static final SpeechRequest REQUEST = SpeechRequest.of("What is to be said once.");

    final TestPublisher<ByteBuffer> source = TestPublisher.create();
    final ScriptedEngine engine = ScriptedEngine.of(_ -> source.flux());

    /** What the disk's threads have a hand in. */
    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }
}
