package dev.stentor.speech.local;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A fake voice with a tenth of a second of sound for each letter. It records its sentences, and a test can hold it. */
final class FakeVoice implements PersonaVoice {

    private static final int BYTES_PER_LETTER = 4_800;
    private static final int OPEN = 1_000_000;

    final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Semaphore gate = new Semaphore(OPEN);

    @Override
    public byte[] speak(String sentence, Persona persona) throws Exception {
        said.add(sentence);
        if (!gate.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The test forgot to open the gate.");
        }
        if (sentence.contains("break")) {
            throw new IllegalArgumentException("cannot process: " + sentence);
        }
        if (sentence.contains("hush")) {
            return new byte[0];
        }
        byte[] letters = (persona.name() + sentence).getBytes(StandardCharsets.UTF_8);
        byte[] sound = new byte[sentence.length() * BYTES_PER_LETTER + 2];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = letters[i % letters.length];
        }
        return sound;
    }

    /** Holds every sentence from now on. */
    void hold() {
        gate.drainPermits();
    }

    /** Lets a number of held sentences end. */
    void letGo(int sentences) {
        gate.release(sentences);
    }

    /** Waits for the next sentence that it is called with, and returns it. */
    String nextSaid() throws InterruptedException {
        String next = said.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Nothing more was said.");
        }
        return next;
    }
}
