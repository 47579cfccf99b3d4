package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.WholeFile;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The end of a flight whose sound is all there: its receipt, and its file. The outcome is told once the file can be found; if that takes
 * too long, it is told without the file. Confined to the flight's executor.
 */
final class RecordingCompletion {

    /** How long the receipt may take once a speech has ended, and the file after it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Sinks.One<Receipt> outcome = Sinks.one();
    private final Disposable.Swap watch = Disposables.swap();
    private final Archive archive;
    private final Speech speech;
    private final Recording recording;
    private final @Nullable String requestKey;
    private final Executor executor;
    private final Runnable removal;
    private final Runnable done;
    private @Nullable Receipt received;
    private boolean publishing;

    /**
     * Waits for the end of a flight.
     *
     * @param requestKey under which the file is found; null if by no other request
     * @param removal called before the outcome is told: a request that comes then finds the file
     * @param done called after the outcome was told
     */
    RecordingCompletion(
            Archive archive,
            Speech speech,
            Recording recording,
            @Nullable String requestKey,
            Executor executor,
            Runnable removal,
            Runnable done) {
        this.archive = archive;
        this.speech = speech;
        this.recording = recording;
        this.requestKey = requestKey;
        this.executor = executor;
        this.removal = removal;
        this.done = done;
    }

    /** Returns the engine's receipt of a speech that has ended or was cancelled; fails if it takes too long. */
    static Mono<Receipt> receiptOf(Speech speech, Archive archive) {
        return speech.receipt().timeout(LONGEST_WAIT, archive.time());
    }

    /** Returns the receipt for those who heard all of it. */
    Mono<Receipt> outcome() {
        return outcome.asMono();
    }

    /** Begins to wait for the receipt: all of the sound is there. */
    void begin() {
        var _ = receiptOf(speech, archive)
                .subscribe(
                        receipt -> executor.execute(() -> receiptCame(receipt)),
                        error -> executor.execute(() -> noReceiptCame(error)));
    }

    /** Publishes the file, if all is written and the receipt has come. */
    void publish() {
        Receipt receipt = received;
        if (receipt == null
                || publishing
                || !(recording.buffer().isWhole() || recording.buffer().isGivenUp())) {
            return;
        }
        publishing = true;
        recording.publish(receipt, requestKey, file -> conclude(receipt.keptAt(file)));
    }

    /** Stops waiting: nobody wants the outcome any more. */
    void close() {
        watch.dispose();
    }

    private void receiptCame(Receipt receipt) {
        received = receipt;
        Receipt without = receipt.keptAt(new WholeFile.NotKept(WholeFile.Why.DISK));
        watch.update(archive.time()
                .schedule(() -> outcome.tryEmitValue(without), LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
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
