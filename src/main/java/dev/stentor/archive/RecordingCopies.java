package dev.stentor.archive;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.Receipt;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Recordings on their way from one archive to another. Thread-safe. */
public final class RecordingCopies {

    private static final int PART_BYTES = 64 << 10;

    /** How many parts may wait for the disk. */
    private static final int PARTS_AHEAD = 4;

    private final Archive archive;

    /** Creates the copies from and to an archive, which is not owned. */
    public RecordingCopies(Archive archive) {
        this.archive = archive;
    }

    /** Emits the description of a recording; empty if there is no such file. Reads the disk once it is subscribed to. */
    public Mono<RecordingHead> head(String id) {
        return Mono.fromCallable(() -> read(id)).subscribeOn(archive.threads());
    }

    /** Emits the description of the recording of a request, which may be under way; empty if there is none in the end. */
    public Mono<RecordingHead> awaited(String requestKey) {
        Mono<ArchivedFile> kept = Mono.defer(() -> Mono.justOrEmpty(archive.findEqual(requestKey)));
        return kept.switchIfEmpty(archive.pending().over(requestKey).then(kept)).flatMap(file -> head(file.id()));
    }

    /**
     * Emits the sound of a recording. The file is read as it is demanded, on the archive's threads. Buffers are read-only and belong to the
     * reader. Fails if the file is not there.
     */
    public Flux<ByteBuffer> sound(String id) {
        return Mono.fromCallable(() -> existing(id))
                .flatMapMany(file -> Flux.using(
                        () -> FileChannel.open(file.path(), StandardOpenOption.READ),
                        channel -> parts(channel, file.soundBytes()),
                        channel -> archive.disk().run(() -> archive.closeQuietly(channel))))
                .subscribeOn(archive.threads());
    }

    /**
     * Keeps a recording of another archive under its id, and emits it once it can be found; one that is there already is emitted at once. The sound
     * is demanded as the disk takes it. Fails, and keeps nothing, if the sound fails or is not as long as described, or if there is no room.
     * Goes on if its reader cancels. A recording may not be kept twice at the same time.
     */
    public Mono<ArchivedFile> keep(RecordingHead head, Flux<ByteBuffer> sound) {
        return Mono.defer(() -> archive.find(head.id()).map(Mono::just).orElseGet(() -> arriving(head, sound)));
    }

    private Mono<ArchivedFile> arriving(RecordingHead head, Flux<ByteBuffer> sound) {
        if (!ArchivedFile.ID.matcher(head.id()).matches()) {
            return Mono.error(new IOException("that is no id of a recording"));
        }
        PartFile part = archive.begin(head.id());
        long bytes = head.samples() * PcmFormat.SPEECH.bytesPerFrame();
        return sound.publishOn(archive.threads(), PARTS_AHEAD)
                .reduceWith(() -> 0L, (before, buffer) -> append(part, buffer, before, bytes))
                .flatMap(arrived -> Mono.fromCallable(() -> publish(part, head, arrived, bytes)))
                .doOnTerminate(part::close)
                .cache();
    }

    private static long append(PartFile part, ByteBuffer buffer, long before, long bytes) {
        long after = before + buffer.remaining();
        try {
            if (after > bytes) {
                throw new IOException("the sound is longer than it should be");
            }
            long _ = part.append(List.of(buffer));
            return after;
        } catch (IOException e) {
            throw new UnreachableArchiveException(e);
        }
    }

    private static ArchivedFile publish(PartFile part, RecordingHead head, long arrived, long bytes) {
        try {
            if (arrived < bytes) {
                throw new EOFException("the sound ends too early");
            }
            var receipt =
                    new Receipt(head.requestId(), head.samples(), head.characters(), Receipt.Ending.COMPLETE, null);
            return part.publish(receipt, head.requestKey(), head.timing().duplicate());
        } catch (IOException e) {
            throw new UnreachableArchiveException(e);
        }
    }

    private @Nullable RecordingHead read(String id) throws IOException {
        ArchivedFile file = archive.find(id).orElse(null);
        if (file == null || !Files.exists(file.path())) {
            return null;
        }
        return new RecordingHead(
                id, file.samples(), file.characters(), file.requestId(), file.requestKey(), timing(file));
    }

    private ByteBuffer timing(ArchivedFile file) throws IOException {
        Path timing = TimingFile.of(archive.directory(), file.id());
        boolean there = file.timingBytes() > 0 && Files.exists(timing);
        return ByteBuffer.wrap(there ? Files.readAllBytes(timing) : new byte[0]);
    }

    private ArchivedFile existing(String id) throws IOException {
        return archive.find(id).orElseThrow(() -> new IOException("there is no such recording"));
    }

    private static Flux<ByteBuffer> parts(FileChannel channel, long bytes) {
        return Flux.generate(() -> 0L, (at, sink) -> {
            int part = (int) Math.min(PART_BYTES, bytes - at);
            try {
                if (part == 0) {
                    sink.complete();
                } else {
                    sink.next(WavFileReader.read(channel, at, part));
                }
            } catch (IOException e) {
                sink.error(e);
            }
            return at + part;
        });
    }
}
