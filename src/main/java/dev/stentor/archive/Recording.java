package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sound on its way into a file, one writing at a time. If the file is given up, for whatever reason, the sound goes on in memory and
 * nobody but the log is told. Confined to the mailbox of its flight, except {@link #read}.
 */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** How much sound may wait for the disk, or for a slow reader once there is no file: 3 min. */
    private static final long MEMORY_BYTES = 8 << 20;

    private final SpillBuffer tape = new SpillBuffer();
    private final Archive archive;
    private final PartFile file;
    private final SerialExecutor mailbox;
    private final Runnable changed;
    private boolean busy;
    private boolean closed;

    /** @param changed called, in the mailbox, when the disk has done something */
    Recording(Archive archive, SerialExecutor mailbox, Runnable changed) {
        this.archive = archive;
        this.file = archive.begin();
        this.mailbox = mailbox;
        this.changed = changed;
    }

    String id() {
        return file.id();
    }

    SpillBuffer tape() {
        return tape;
    }

    ByteBuffer read(long position, int bytes) throws IOException {
        return file.read(position, bytes);
    }

    void add(ByteBuffer sound) {
        tape.add(sound);
        if (!tape.isGivenUp() && tape.inMemory() > MEMORY_BYTES) {
            giveUp(new IOException("the disk is too slow"));
        }
    }

    /** Writes what waits, unless a writing is under way. */
    void write() {
        if (busy || closed || tape.isGivenUp() || tape.isWhole()) {
            return;
        }
        List<ByteBuffer> batch = tape.beginWriting();
        task(() -> file.append(batch), _ -> tape.written());
    }

    /** Makes it a file that can be found, once all is written; told otherwise if recording had failed, or fails here. */
    void publish(Receipt receipt, @Nullable String requestKey, Consumer<ArchivedFile> published, Runnable unpublished) {
        if (tape.isGivenUp()) {
            unpublished.run();
        } else {
            task(() -> file.publish(receipt, requestKey), published, unpublished);
        }
    }

    /** Without a file, sound is forgotten that no reader needs any more, or only one that is far behind. */
    void forgetBefore(long position) {
        tape.forgetBefore(Math.max(position, tape.bytes() - MEMORY_BYTES));
    }

    /** Nobody reads any more, and nothing will be added. */
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
                        result -> mailbox.execute(() -> finish(() -> done.accept(result))),
                        error -> mailbox.execute(() -> finish(() -> {
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

    /** The message of a failed writing may name a path, and never quotes the text. */
    private void giveUp(Throwable error) {
        if (!tape.isGivenUp()) {
            tape.giveUp();
            archive.stats().writeFailed();
            LOG.atWarn()
                    .addKeyValue("file", file.id())
                    .addKeyValue("type", error.getClass().getName())
                    .addKeyValue("reason", error.getMessage())
                    .log("a recording was given up; the speech goes on");
        }
    }
}
