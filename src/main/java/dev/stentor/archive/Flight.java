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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * One call of the engine that is recorded and played to one or several readers. Each reader has its own pace. The fastest
 * reader's demand reaches the engine; a reader that falls behind reads from the file. If recording fails, the first reader sets
 * the pace, so that it loses nothing. Confined to its executor, except for the count of references: {@link #retain()} and {@link
 * #enter} may be called from any thread. See ADR 10.
 */
final class Flight implements ReadableAudio, EngineCall.Receiver {

    private final SerialExecutor executor = new SerialExecutor();
    /** Readers that still need this flight, and one more for a publication; 0 means that it is closed. */
    private final AtomicInteger references = new AtomicInteger(1);

    private final List<AudioReader> readers = new ArrayList<>();
    private final Archive archive;
    private final SpeechRequest request;
    private final Speech upstream;
    private final Consumer<Flight> removal;
    private final Recording recording;
    private final EngineCall call;
    private final boolean isFound;
    private final RecordingCompletion completion;
    private @Nullable AudioReader first;
    private @Nullable Throwable failure;

    /**
     * Creates a flight with one reference, which belongs to the first reader.
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
        this.upstream = upstream;
        this.removal = removal;
        this.isFound = requestKey != null;
        this.recording = new Recording(archive, executor, this::asked);
        this.call = new EngineCall(archive, upstream, recording.buffer(), patience, this);
        this.completion = new RecordingCompletion(
                archive, upstream, recording, requestKey, executor::execute, this::remove, this::release);
    }

    /**
     * Adds a reference for one more reader, unless the flight is closed; returns whether it did. May be called from any thread.
     */
    boolean retain() {
        return references.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /**
     * Adds a reader that holds a reference; the first one begins the call. The reader fails with {@link StoredAudio.Gone} if the
     * beginning of the sound is not there any more. May be called from any thread.
     *
     * @param context the reader's, which the engine gets if this reader begins the call
     */
    void enter(AudioReader reader, Context context, Runnable entered) {
        execute(() -> {
            if (reader.isGone()) {
                return;
            }
            if (recording.buffer().hasGap()) {
                remove();
                fail(reader, new StoredAudio.Gone());
                return;
            }
            entered.run();
            readers.add(reader);
            if (first == null) {
                first = reader;
                call.begin(context);
            }
            asked();
        });
    }

    Flux<SegmentMark> marks() {
        return upstream.marks();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public SpillBuffer buffer() {
        return recording.buffer();
    }

    @Override
    public ByteBuffer read(long position, int bytes) throws IOException {
        return recording.read(position, bytes);
    }

    @Override
    public boolean isOver() {
        return call.isOver();
    }

    @Override
    public DiskScheduler disk() {
        return archive.disk();
    }

    /** Serves all readers, then asks the engine for more and writes to the file. */
    @Override
    public void asked() {
        for (AudioReader reader : List.copyOf(readers)) {
            if (recording.buffer().isForgotten(reader.position())) {
                unreadable(reader, new IOException("the recording was given up, and the reader far behind"));
            } else if (reader.serve()) {
                end(reader);
            }
        }
        recording.forgetBefore(
                readers.stream().mapToLong(AudioReader::position).min().orElse(buffer().bytes()));
        call.ask();
        recording.write();
        completion.publish();
    }

    @Override
    public void left(AudioReader reader) {
        // Not there if it leaves before it has entered; it holds its reference all the same.
        readers.remove(reader);
        boolean cancelled = releaseReference() && !isOver() && first != null;
        var own = cancelled(reader, recording.id(), BilledCharacters.of(request.text()));
        if (cancelled) {
            // The engine knows better what it was asked, and how it calls that.
            RecordingCompletion.receiptOf(upstream, archive)
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
    public void unreadable(AudioReader reader, Throwable cause) {
        if (readers.remove(reader)) {
            var broken = new SpeechFailure.EngineFault("The recording that this was being read from broke off.");
            fail(reader, new SpeechException(broken, cause));
        }
    }

    private void end(AudioReader reader) {
        readers.remove(reader);
        Throwable error = failure;
        if (error != null) {
            fail(reader, error);
            return;
        }
        reader.complete();
        completion
                .outcome()
                .subscribe(
                        receipt -> {
                            var _ = reader.receipt().tryEmitValue(receipt);
                        },
                        unknown -> {
                            var _ = reader.receipt().tryEmitError(unknown);
                        });
        release();
    }

    private void fail(AudioReader reader, Throwable error) {
        reader.fail(error);
        release();
    }

    /**
     * Gives a reference back; returns whether it was the last. Then no reader can enter, the call is cancelled, an unpublished
     * file deleted.
     */
    private boolean releaseReference() {
        if (references.decrementAndGet() > 0) {
            return false;
        }
        remove();
        call.cancel();
        completion.close();
        recording.close();
        return true;
    }

    private void release() {
        var _ = releaseReference();
    }

    private void remove() {
        removal.accept(this);
    }

    @Override
    public long wanted() {
        AudioReader leader = first;
        if (recording.buffer().isGivenUp() && leader != null && readers.contains(leader)) {
            return leader.wanted();
        }
        return readers.stream().mapToLong(AudioReader::wanted).max().orElse(0);
    }

    @Override
    public boolean keeps() {
        return recording.buffer().isWhole();
    }

    @Override
    public boolean hasHeard() {
        return buffer().bytes() > 0;
    }

    /** Keeps the mark for those who play the file later; not that of a whole text without words, which needs none. */
    @Override
    public void begun(SegmentMark mark) {
        boolean whole = mark.count() == 1
                && mark.firstSample() == 0
                && mark.from() == 0
                && mark.to() == request.text().length()
                && mark.words().isEmpty();
        if (isFound && !whole) {
            recording.add(mark);
        }
    }

    @Override
    public void heard() {
        recording.checkMemory();
        asked();
    }

    @Override
    public void completed() {
        // For the publication: a request that comes meanwhile joins this flight instead of being paid again.
        references.incrementAndGet();
        completion.begin();
        asked();
    }

    @Override
    public void failed(Throwable error) {
        failure = error;
        remove();
        asked();
    }

    private static Receipt cancelled(AudioReader reader, String requestId, long characters) {
        return new Receipt(requestId, reader.samples(), characters, Receipt.Ending.CANCELLED, null);
    }
}
