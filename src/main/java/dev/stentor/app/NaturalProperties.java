package dev.stentor.app;

import dev.stentor.speech.neural.NeuralSettings;
import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the natural voice, under {@code gateway.natural}. It speaks before the embedded one, where no upstream does.
 *
 * @param use whether it is used: auto, always or never; default auto
 * @param folder folder with its files, as downloaded or plain, and with what is made of them; default voices
 * @param ownFiles whether files in it may be others than those that were published; default false
 * @param whenBusy what happens to a text when as many are spoken as the machine carries: wait, refuse or embedded; default wait
 * @param streams number of texts spoken at once, 0 to 1,000; default 0, which is as many as the machine carries, by measurement
 * @param waiting most texts that wait, must be positive; default 64
 * @param threads number of threads for one sentence, 0 to 64; default 0, which is that of the cores, at most 4
 * @param piper graph of an English voice of Piper, with its description beside it, that speaks instead; empty by default
 */
record NaturalProperties(
        @DefaultValue("auto") Use use,
        @DefaultValue("voices") String folder,
        @DefaultValue("false") boolean ownFiles,
        @DefaultValue("wait") NeuralSettings.WhenBusy whenBusy,
        @DefaultValue("0") int streams,
        @DefaultValue("64") int waiting,
        @DefaultValue("0") int threads,
        @DefaultValue("") String piper) {

    private static final int MOST_STREAMS = 1_000;
    private static final int MOST_THREADS = 64;

    /** Whether the natural voice is used. */
    enum Use {
        /** If its folder is there, and the machine is fast enough. */
        AUTO,
        /** Also on a machine that is too slow for it. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    NaturalProperties {
        requireWithin("gateway.natural.streams", streams, 0, MOST_STREAMS);
        requireWithin("gateway.natural.waiting", waiting, 1, Integer.MAX_VALUE);
        requireWithin("gateway.natural.threads", threads, 0, MOST_THREADS);
    }

    /** Tells whether it is to be tried. */
    boolean isWanted() {
        return use == Use.ALWAYS || (use == Use.AUTO && settings().isThere());
    }

    /** Returns the settings of the engine. */
    NeuralSettings settings() {
        return new NeuralSettings(
                Path.of(folder),
                ownFiles,
                use == Use.ALWAYS,
                whenBusy,
                streams,
                waiting,
                threads,
                piper.isBlank() ? null : Path.of(piper));
    }

    /** Returns what tells its sound from that of other files. */
    String origin() {
        return piper.isBlank() ? folder : piper;
    }

    private static void requireWithin(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
