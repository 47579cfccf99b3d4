package dev.stentor.web.edge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * One upload in a temporary file, which exists as long as {@link Spool#use} lasts. It is written once, then read any number of
 * times. Its state is touched by one write at a time.
 */
public final class SpooledFile {

    /** The size of one part read, in bytes: a multiple of three, so that Base64 of each part needs no padding. */
    private static final int READ_BYTES = 12 << 10;

    private final Path path;
    private final FileChannel channel;
    private final Duration stallTimeout;
    private final Scheduler files;
    private final Scheduler timer;
    /** The number of bytes written so far. */
    private long bytes;

    private SpooledFile(Path path, FileChannel channel, Duration stallTimeout, Scheduler files, Scheduler timer) {
        this.path = path;
        this.channel = channel;
        this.stallTimeout = stallTimeout;
        this.files = files;
        this.timer = timer;
    }

    /** Opens an empty file for an upload. Fails with {@link StorageException}. Blocks. */
    static SpooledFile create(Callable<Path> place, Duration stallTimeout, Scheduler files, Scheduler timer)
            throws Exception {
        try {
            Path path = place.call();
            return new SpooledFile(path, FileChannel.open(path, StandardOpenOption.WRITE), stallTimeout, files, timer);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /**
     * Writes an upload to the file as it arrives, and emits its length in bytes. Fails with {@link DataBufferLimitException} as
     * soon as it is longer than {@code maxBytes}, and with {@link java.util.concurrent.TimeoutException} if no bytes arrive for
     * longer than the stall timeout.
     */
    public Mono<Long> write(Flux<DataBuffer> upload, long maxBytes) {
        return withStallTimeout(upload)
                .concatMap(part -> append(part, maxBytes), 0)
                .then(Mono.fromSupplier(() -> bytes));
    }

    /**
     * Returns the upload with the stall timeout applied: it fails with {@link java.util.concurrent.TimeoutException} if no
     * element arrives for longer than that.
     */
    public <T> Flux<T> withStallTimeout(Flux<T> upload) {
        return upload.timeout(stallTimeout, timer);
    }

    /**
     * Appends the next part of an upload to the file; all parts before it must be written. Releases the part in any case. Fails
     * with {@link DataBufferLimitException} if the file would be longer than {@code maxBytes}, and with {@link StorageException} if
     * it cannot be written.
     */
    public Mono<Void> append(DataBuffer part, long maxBytes) {
        return Mono.defer(() -> {
            long at = bytes;
            bytes += part.readableByteCount();
            if (bytes > maxBytes) {
                DataBufferUtils.release(part);
                return Mono.error(new DataBufferLimitException("an upload is longer than " + maxBytes + " bytes"));
            }
            var waiting = new AtomicBoolean(true);
            return Mono.<Void>fromRunnable(() -> {
                        if (waiting.getAndSet(false)) {
                            store(part, at);
                        }
                    })
                    .subscribeOn(files)
                    .doFinally(_ -> {
                        if (waiting.getAndSet(false)) {
                            DataBufferUtils.release(part);
                        }
                    });
        });
    }

    /** Writes a part at a place of the file, and releases it. Does nothing more once the file is closed. Blocks. */
    private void store(DataBuffer part, long at) {
        try (var buffers = part.readableByteBuffers()) {
            long next = at;
            while (buffers.hasNext()) {
                ByteBuffer buffer = buffers.next();
                while (buffer.hasRemaining()) {
                    next += channel.write(buffer, next);
                }
            }
        } catch (ClosedChannelException _) {
            // The use was cancelled, which closes the file: nobody waits for this part.
        } catch (IOException e) {
            throw new StorageException(e);
        } finally {
            DataBufferUtils.release(part);
        }
    }

    /** Returns the path of the file, which is valid as long as {@link Spool#use} lasts. */
    public Path path() {
        return path;
    }

    /** Returns the content of the file, read part by part on demand. */
    public Flux<ByteBuffer> content() {
        return Flux.<ByteBuffer, FileChannel>generate(
                        () -> FileChannel.open(path, StandardOpenOption.READ), SpooledFile::next, SpooledFile::close)
                .subscribeOn(files);
    }

    /** Runs a blocking reader over the file and emits its result; completes empty if the result is null. */
    public <T> Mono<T> read(Reader<T> reader) {
        return Mono.fromCallable(() -> {
                    try (InputStream in = open()) {
                        return reader.read(in);
                    }
                })
                .subscribeOn(files);
    }

    /** Opens the file from its start. Blocks. */
    public InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(path));
    }

    /** A function that reads a file from its start. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads the file; may block. */
        T read(InputStream in) throws IOException;
    }

    /** Deletes the file. Blocks. */
    void delete() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel next(FileChannel from, SynchronousSink<ByteBuffer> sink) {
        ByteBuffer part = ByteBuffer.allocate(READ_BYTES);
        try {
            int read = 0;
            while (read >= 0 && part.hasRemaining()) {
                read = from.read(part);
            }
        } catch (IOException e) {
            sink.error(e);
            return from;
        }
        if (part.position() > 0) {
            sink.next(part.flip());
        } else {
            sink.complete();
        }
        return from;
    }

    private static void close(FileChannel from) {
        try {
            from.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
