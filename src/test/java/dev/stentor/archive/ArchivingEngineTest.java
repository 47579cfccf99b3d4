package dev.stentor.archive;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every engine, kept both by calling another engine and by reading a file. */
class ArchivingEngineTest {

    private static final byte[] SOUND = Signals.selfIndexing(48_000);

    abstract static class Contract extends SpeechEngineContract {

        @TempDir
        Path directory;

        TestArchive archive;
        private SpeechEngine engine;

        @BeforeEach
        void open() {
            archive = new TestArchive(directory);
            engine = archive.over(ScriptedEngine.speaking(SOUND, 4_800));
        }

        @AfterEach
        void close() {
            archive.close();
        }

        @Override
        protected SpeechEngine engine() {
            return engine;
        }
    }

    @Nested
    class WhenItAsksAnother extends Contract {
        @Override
        protected SpeechRequest request() {
            return SpeechRequest.of("Twenty buffers of a tenth of a second.").anew();
        }
    }

    @Nested
    class WhenItReadsAFile extends Contract {

        @BeforeEach
        void record() {
            var _ = all(engine().speak(request()));
            Awaitility.await().until(() -> archive.archive().files() == 1);
        }

        @Override
        protected SpeechRequest request() {
            return SpeechRequest.of("Twenty buffers of a tenth of a second.");
        }
    }
}
