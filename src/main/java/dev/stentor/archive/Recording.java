package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sound on its way into a file; one write at a time. If the file is given up, for whatever reason, the sound stays in memory and only the
 * log is told. Confined to the executor of its flight, except {@link #read}.
 */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** Most sound that may wait for the disk, or for a slow reader once there is no file: 3 min. */
    private static final long MEMORY_BYTES = 8 << 20;

    private final SpillBuffer buffer = new SpillBuffer(0);
    private final List<SegmentMark> marks = new ArrayList<>();
    private final Archive archive;
    private final PartFile file;
    private final SerialExecutor executor;
    private final Runnable changed;
    private WholeFile.@Nullable Why why;
    private boolean busy;
    private boolean closed;

    /** @param changed called on the executor when the disk has finished a task */
    Recording(Archive archive, SerialExecutor executor, Runnable changed) {
        this.archive = archive;
        this.file = archive.begin();
        this.executor = executor;
        this.changed = changed;
    }

    String id() {
        return file.id();
    }

    SpillBuffer buffer() {
        return buffer;
    }

    ByteBuffer read(long position, int bytes) throws IOException {
        return file.read(position, bytes);
    }

    /** Adds the beginning of a sentence, or more words of the latest one, to be kept beside the sound. */
    void add(SegmentMark mark) {
        if (!marks.isEmpty() && marks.getLast().index() == mark.index()) {
            marks.set(marks.size() - 1, marks.getLast().and(mark));
        } else {
            marks.add(mark);
        }
    }

    /** Gives the file up if too much sound waits for it; to be called after each buffer that was added. */
    void checkMemory() {
        if (!buffer.isGivenUp() && buffer.bytesInMemory() > MEMORY_BYTES) {
            giveUp(new IOException("the disk is too slow"));
        }
    }

    /** Writes the sound that waits, unless a write is under way. */
    void write() {
        if (busy || closed || buffer.isGivenUp() || buffer.isWhole()) {
            return;
        }
        List<ByteBuffer> batch = buffer.beginWriting();
        task(() -> file.append(batch), _ -> buffer.written());
    }

    /** Makes it a file that can be found; all must be written. Tells that file, or why the recording failed before or fails here. */
    void publish(Receipt receipt, @Nullable String requestKey, Consumer<WholeFile> outcome) {
        Runnable unpublished = () -> outcome.accept(new WholeFile.NotKept(Objects.requireNonNull(why)));
        if (buffer.isGivenUp()) {
            unpublished.run();
        } else {
            List<SegmentMark> all = List.copyOf(marks);
            task(
                    () -> file.publish(receipt, requestKey, TimingFile.content(all)),
                    whole -> outcome.accept(whole.whole()),
                    unpublished);
        }
    }

    /** Forgets, if there is no file, sound that no reader needs any more, or only one that is far behind. */
    void forgetBefore(long position) {
        buffer.forgetBefore(Math.max(position, buffer.bytes() - MEMORY_BYTES));
    }

    /** Closes the file: nobody reads any more, and nothing will be added. */
    void close() {
        closed = true;
        if (!busy) {
            archive.disk().run(file::close);
        }
    }

    private <T> void task(Callable<T> work, Consumer<T> done) {
        task(work, done, () -> {});
    }

    private <T> void task(Callable<T> work, Consumer<T> done, Runnable failed) {
        busy = true;
        archive.disk()
                .call(
                        work,
                        result -> executor.execute(() -> finish(() -> done.accept(result))),
                        error -> executor.execute(() -> finish(() -> {
                            giveUp(error);
                            failed.run();
                        })));
    }

    private void finish(Runnable outcome) {
        busy = false;
        boolean ended = closed;
        outcome.run();
        if (ended) {
            archive.disk().run(file::close);
        } else {
            changed.run();
        }
    }

    /** Gives the file up. The message of a failed write may name a path, and never quotes the text. */
    private void giveUp(Throwable error) {
        if (!buffer.isGivenUp()) {
            buffer.giveUp();
            why = NotKeptException.whyOf(error);
            archive.stats().writeFailed();
            LOG.atWarn()
                    .addKeyValue("file", file.id())
                    .addKeyValue("type", error.getClass().getName())
                    .addKeyValue("reason", error.getMessage())
                    .log("a recording was given up; the speech goes on");
        }
    }
}
