package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The end of a flight of which all sound is there: the last words about it, and its file. The outcome is told once the file can be found;
 * if that takes too long, without it. Confined to the flight's mailbox.
 */
final class RecordingCompletion {

    /** How long the last words about a speech may take once it has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Sinks.One<Receipt> outcome = Sinks.one();
    private final Disposable.Swap watch = Disposables.swap();
    private final Archive archive;
    private final Speech speech;
    private final Recording recording;
    private final @Nullable String requestKey;
    private final Executor mailbox;
    private final Runnable removal;
    private final Runnable done;
    private @Nullable Receipt said;
    private boolean publishing;

    /**
     * Of a flight that is not over yet.
     *
     * @param requestKey under which the file is found; null if by no other request
     * @param removal called before the outcome is told: who comes then finds the file
     * @param done called after it was told
     */
    RecordingCompletion(
            Archive archive,
            Speech speech,
            Recording recording,
            @Nullable String requestKey,
            Executor mailbox,
            Runnable removal,
            Runnable done) {
        this.archive = archive;
        this.speech = speech;
        this.recording = recording;
        this.requestKey = requestKey;
        this.mailbox = mailbox;
        this.removal = removal;
        this.done = done;
    }

    /** What the engine says of a speech that has ended, or was cancelled; it may not take for ever. */
    static Mono<Receipt> lastWords(Speech speech, Archive archive) {
        return speech.receipt().timeout(LAST_WORDS, archive.time());
    }

    /** What is to be told of the flight. */
    Mono<Receipt> outcome() {
        return outcome.asMono();
    }

    /** All of the sound is there. */
    void begin() {
        var _ = lastWords(speech, archive)
                .subscribe(
                        receipt -> mailbox.execute(() -> receiptCame(receipt)),
                        error -> mailbox.execute(() -> noReceiptCame(error)));
    }

    /** Publishes the file, once all is written and the last words are said. */
    void publish() {
        Receipt receipt = said;
        if (receipt == null
                || publishing
                || !(recording.tape().isWhole() || recording.tape().isGivenUp())) {
            return;
        }
        publishing = true;
        recording.publish(receipt, requestKey, file -> conclude(receipt.keptAt(file.whole())), () -> conclude(receipt));
    }

    /** Nobody waits for it any more. */
    void close() {
        watch.dispose();
    }

    private void receiptCame(Receipt receipt) {
        said = receipt;
        watch.update(archive.time()
                .schedule(() -> outcome.tryEmitValue(receipt), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS));
        publish();
    }

    private void noReceiptCame(Throwable error) {
        var _ = outcome.tryEmitError(error);
        removal.run();
        done.run();
    }

    private void conclude(Receipt receipt) {
        removal.run();
        watch.dispose();
        var _ = outcome.tryEmitValue(receipt);
        done.run();
    }
}
