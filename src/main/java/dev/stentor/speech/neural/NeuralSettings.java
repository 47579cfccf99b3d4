package dev.stentor.speech.neural;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the natural voice.
 *
 * @param folder folder with its files
 * @param ownFiles whether plain files in it are the operator's own, of which no hash is known
 * @param forced whether it is used on a machine that is too slow for it
 * @param whenBusy what happens to a text when as many are spoken as the machine carries
 * @param streams number of texts that are spoken at once; 0 means as many as the machine carries, by measurement
 * @param waiting most texts that wait for that
 * @param threads number of threads that compute one sentence; 0 means that of the cores, at most four
 * @param piper graph of a voice of Piper, which speaks instead of those in the folder; null means that there is none
 */
public record NeuralSettings(
        Path folder,
        boolean ownFiles,
        boolean forced,
        WhenBusy whenBusy,
        int streams,
        int waiting,
        int threads,
        @Nullable Path piper) {

    /** What happens to a text when as many are spoken as the machine carries. */
    public enum WhenBusy {
        /** It waits until another one is made. */
        WAIT,
        /** It is refused, with the advice to come again. */
        REFUSE,
        /** The embedded voice speaks it. */
        EMBEDDED
    }

    public NeuralSettings {
        if (streams < 0 || threads < 0 || waiting <= 0) {
            throw new IllegalArgumentException(
                    "streams and threads must not be negative, and waiting must be positive, were " + streams + ", "
                            + threads + " and " + waiting);
        }
    }

    /** Tells whether there is something to load. */
    public boolean isThere() {
        return piper != null || Files.isDirectory(folder);
    }
}
