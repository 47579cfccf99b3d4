package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A finished file that is played to one reader. Confined to its executor; the file itself to one read at a time. */
final class StoredAudio implements ReadableAudio {

    private final SerialExecutor executor = new SerialExecutor();
    private final Archive archive;
    private final ArchivedFile file;
    private final Subscriber<? super ByteBuffer> subscriber;
    private final int characters;
    private final Sinks.One<Flux<SegmentMark>> marks;
    private final SpillBuffer buffer;
    private final AudioReader reader;
    private volatile @Nullable FileChannel channel;
    private boolean over;

    /** Tells that a sound cannot be played from its beginning any more; nothing of it was played. */
    static final class Gone extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        Gone() {
            super("a recording is gone", null, false, false);
        }
    }

    /**
     * Creates a play of a file that has not begun.
     *
     * @param characters length of the text that it is played for, in UTF-16 units
     * @param marks told before the first sound
     */
    StoredAudio(
            Archive archive,
            ArchivedFile file,
            int characters,
            Subscriber<? super ByteBuffer> subscriber,
            Sinks.One<Receipt> receipt,
            Sinks.One<Flux<SegmentMark>> marks) {
        this.archive = archive;
        this.file = file;
        this.characters = characters;
        this.marks = marks;
        this.subscriber = subscriber;
        this.buffer = new SpillBuffer(file.soundBytes());
        this.reader = new AudioReader(this, subscriber, receipt);
    }

    /** Begins to play; once. */
    void play() {
        subscriber.onSubscribe(reader);
        execute(this::asked);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public SpillBuffer buffer() {
        return buffer;
    }

    @Override
    public ByteBuffer read(long position, int bytes) throws IOException {
        FileChannel open = channel;
        if (open != null) {
            return WavFileReader.read(open, position, bytes);
        }
        open = FileChannel.open(file.path(), StandardOpenOption.READ);
        channel = open;
        ByteBuffer first = WavFileReader.read(open, position, bytes);
        // Not before the sound is there: else it would be spoken anew, with other marks.
        var _ = marks.tryEmitValue(Flux.fromIterable(TimingFile.read(file, characters)));
        archive.play(file);
        return first;
    }

    @Override
    public boolean isOver() {
        return true;
    }

    @Override
    public void unreadable(AudioReader failed, Throwable cause) {
        over = true;
        if (failed.position() == 0) {
            failed.fail(new Gone());
        } else {
            var broken = new SpeechFailure.EngineFault("A recording that was kept could not be read.");
            failed.fail(new SpeechException(broken, cause));
        }
    }

    @Override
    public void asked() {
        if (!over && reader.serve()) {
            over = true;
            reader.complete();
            var _ = reader.receipt().tryEmitValue(file.receipt());
        }
        closeIfUnused();
    }

    @Override
    public void left(AudioReader gone) {
        over = true;
        var told = new Receipt(file.requestId(), gone.samples(), file.characters(), Receipt.Ending.CANCELLED, null);
        var _ = gone.receipt().tryEmitValue(told);
        closeIfUnused();
    }

    @Override
    public DiskScheduler disk() {
        return archive.disk();
    }

    private void closeIfUnused() {
        FileChannel open = channel;
        if (over && !reader.isReading() && open != null) {
            channel = null;
            archive.disk().run(() -> archive.closeQuietly(open));
        }
    }
}
