package dev.stentor.archive;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * One call of the engine, heard by one reader or several, and recorded. Each reader goes at its own pace; the fastest one's demand
 * reaches the engine, and who has fallen behind reads from the file. If recording fails the pace is the first reader's, who must
 * not suffer for it. Confined to its mailbox, but for the places: who has got one may enter, from any thread.
 */
final class Flight implements Sound {

    /** How many buffers are asked for at once, however many are wanted. */
    private static final int ASKED_AT_ONCE = 32;

    /** How long the last words about a speech may take once it has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Mailbox mailbox = new Mailbox();
    private final AtomicInteger places = new AtomicInteger(1);
    private final List<Reader> readers = new ArrayList<>();
    private final Sinks.One<Receipt> outcome = Sinks.one();
    private final Disposable.Swap watch = Disposables.swap();
    private final Intake intake = new Intake();
    private final Archive archive;
    private final SpeechRequest request;
    private final @Nullable String requestKey;
    private final Speech upstream;
    private final Duration patience;
    private final Consumer<Flight> removal;
    private final Recording recording;
    private @Nullable Reader first;
    private boolean begun;
    private long asked;
    private long quietSinceMillis;
    private boolean draining;
    private boolean over;
    private @Nullable Throwable failure;
    private @Nullable Receipt said;
    private boolean publishing;

    /**
     * A flight with one place taken, for the first reader.
     *
     * @param requestKey under which its file is found; null if by no other request
     * @param patience how long nobody may ask for sound before the rest is drained into the file
     * @param removal called when it should not be found as a flight any more
     */
    Flight(
            Archive archive,
            SpeechRequest request,
            @Nullable String requestKey,
            Speech upstream,
            Duration patience,
            Consumer<Flight> removal) {
        this.archive = archive;
        this.request = request;
        this.requestKey = requestKey;
        this.upstream = upstream;
        this.patience = patience;
        this.removal = removal;
        this.recording = new Recording(archive, mailbox, this::asked);
    }

    /** Takes a place, if there is still something to be heard. From any thread. */
    boolean takePlace() {
        return places.getAndUpdate(taken -> taken == 0 ? 0 : taken + 1) > 0;
    }

    /**
     * A reader takes its place; the call begins with the first. Fails with {@link KeptSound.Gone} if not all of the sound is there
     * any more for somebody who comes now. From any thread.
     */
    void enter(Reader reader, Runnable entered) {
        execute(() -> {
            if (reader.isGone()) {
                return;
            }
            if (recording.tape().hasGap()) {
                removal.accept(this);
                fail(reader, new KeptSound.Gone());
                return;
            }
            entered.run();
            readers.add(reader);
            if (first == null) {
                first = reader;
                quietSinceMillis = nowMillis();
                watchFor(patience);
                upstream.audio().subscribe(intake);
            }
            asked();
        });
    }

    Flux<SegmentMark> marks() {
        return upstream.marks();
    }

    @Override
    public void execute(Runnable task) {
        mailbox.execute(task);
    }

    @Override
    public long bytes() {
        return recording.tape().bytes();
    }

    @Override
    public @Nullable ByteBuffer inMemory(long position) {
        return recording.tape().inMemory(position);
    }

    @Override
    public long inFile() {
        return recording.tape().inFile();
    }

    @Override
    public ByteBuffer read(long position, int bytes) throws IOException {
        return recording.read(position, bytes);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Disk disk() {
        return archive.disk();
    }

    /** Serves all readers, then sees to the engine and to the file. */
    @Override
    public void asked() {
        for (Reader reader : List.copyOf(readers)) {
            if (recording.tape().isForgotten(reader.position())) {
                unreadable(reader, new IOException("the recording was given up, and the reader far behind"));
            } else if (reader.serve()) {
                end(reader);
            }
        }
        recording.forgetBefore(
                readers.stream().mapToLong(Reader::position).min().orElse(bytes()));
        askEngine();
        recording.write();
        publish();
    }

    @Override
    public void left(Reader reader) {
        readers.remove(reader); // It is not there if it leaves before it has entered; its place it has all the same.
        boolean cancelled = giveUpPlace() && !over && first != null;
        var own = cancelled(reader, recording.id(), BilledCharacters.of(request.text()));
        if (cancelled) {
            // The engine knows better what it was asked, and how it calls that.
            upstream.receipt()
                    .timeout(LAST_WORDS, archive.time())
                    .map(told -> cancelled(reader, told.requestId(), told.characters()))
                    .onErrorReturn(own)
                    .subscribe(told -> {
                        var _ = reader.receipt().tryEmitValue(told);
                    });
        } else {
            var _ = reader.receipt().tryEmitValue(own);
            asked();
        }
    }

    @Override
    public void unreadable(Reader reader, Throwable cause) {
        if (readers.remove(reader)) {
            var broken = new SpeechFailure.EngineFault("The recording that this was being read from broke off.");
            fail(reader, new SpeechException(broken, cause));
        }
    }

    private void end(Reader reader) {
        readers.remove(reader);
        Throwable error = failure;
        if (error != null) {
            fail(reader, error);
            return;
        }
        reader.complete();
        outcome.asMono()
                .subscribe(
                        receipt -> {
                            var _ = reader.receipt().tryEmitValue(receipt);
                        },
                        unknown -> {
                            var _ = reader.receipt().tryEmitError(unknown);
                        });
        var _ = giveUpPlace();
    }

    private void fail(Reader reader, Throwable error) {
        reader.fail(error);
        var _ = giveUpPlace();
    }

    /** Whether it was the last: then nobody can enter any more, the call is cancelled, and what was not published is deleted. */
    private boolean giveUpPlace() {
        if (places.decrementAndGet() > 0) {
            return false;
        }
        removal.accept(this);
        watch.dispose();
        intake.cancel();
        recording.close();
        return true;
    }

    private void askEngine() {
        if (!begun || over) {
            return;
        }
        long wanted = Math.min(Math.max(wanted(), wantedToDrain()), ASKED_AT_ONCE);
        if (wanted > asked) {
            long more = wanted - asked;
            asked = wanted;
            intake.request(more);
        }
    }

    private long wanted() {
        Reader leader = first;
        if (recording.tape().isGivenUp() && leader != null && readers.contains(leader)) {
            return leader.wanted();
        }
        return readers.stream().mapToLong(Reader::wanted).max().orElse(0);
    }

    private long wantedToDrain() {
        return draining && recording.tape().isWhole() ? 1 : 0;
    }

    private void watchFor(Duration time) {
        watch.update(
                archive.time().schedule(() -> execute(this::lookForDemand), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void lookForDemand() {
        if (over || draining || isAbandoned()) {
            return;
        }
        Duration quiet = asked > 0 ? Duration.ZERO : Duration.ofMillis(nowMillis() - quietSinceMillis);
        if (quiet.compareTo(patience) < 0) {
            watchFor(patience.minus(quiet));
        } else if (bytes() == 0) {
            watchFor(patience); // Nobody has heard anything: it may be that nobody wants to.
        } else {
            draining = true;
            archive.stats().drained();
            askEngine();
        }
    }

    private void heard(ByteBuffer sound) {
        if (isAbandoned()) {
            return;
        }
        if (--asked == 0) {
            quietSinceMillis = nowMillis();
        }
        recording.add(sound);
        asked();
    }

    private void completed() {
        if (isAbandoned()) {
            return;
        }
        over = true;
        places.incrementAndGet(); // For the publication: who comes meanwhile shall hear this, and not pay again.
        var _ = upstream.receipt()
                .timeout(LAST_WORDS, archive.time())
                .subscribe(
                        receipt -> execute(() -> receiptCame(receipt)), error -> execute(() -> noReceiptCame(error)));
        asked();
    }

    private void failed(Throwable error) {
        over = true;
        failure = error;
        removal.accept(this);
        watch.dispose();
        asked();
    }

    private void receiptCame(Receipt receipt) {
        said = receipt;
        var unfiled = archive.time()
                .schedule(() -> outcome.tryEmitValue(receipt), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        watch.update(unfiled);
        publish();
    }

    private void noReceiptCame(Throwable error) {
        var _ = outcome.tryEmitError(error);
        removal.accept(this);
        var _ = giveUpPlace();
    }

    private void publish() {
        Receipt receipt = said;
        if (receipt == null
                || publishing
                || !(recording.tape().isWhole() || recording.tape().isGivenUp())) {
            return;
        }
        publishing = true;
        recording.publish(receipt, requestKey, file -> conclude(receipt.keptAt(file.whole())), () -> conclude(receipt));
    }

    private void conclude(Receipt receipt) {
        removal.accept(this);
        watch.dispose();
        var _ = outcome.tryEmitValue(receipt);
        var _ = giveUpPlace();
    }

    /** The last reader has left; what still comes was on its way. */
    private boolean isAbandoned() {
        return places.get() == 0;
    }

    private long nowMillis() {
        return archive.time().now(TimeUnit.MILLISECONDS);
    }

    private static Receipt cancelled(Reader reader, String requestId, long characters) {
        return new Receipt(requestId, reader.samples(), characters, Receipt.Ending.CANCELLED, null);
    }

    /** What the engine gives, handed over to the mailbox. */
    private final class Intake extends BaseSubscriber<ByteBuffer> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            execute(() -> {
                begun = true;
                askEngine();
            });
        }

        @Override
        protected void hookOnNext(ByteBuffer sound) {
            execute(() -> heard(sound));
        }

        @Override
        protected void hookOnComplete() {
            execute(Flight.this::completed);
        }

        @Override
        protected void hookOnError(Throwable error) {
            execute(() -> failed(error));
        }
    }
}
