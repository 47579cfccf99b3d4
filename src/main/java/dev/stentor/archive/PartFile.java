package dev.stentor.archive;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.WavHeader;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WAV file that is being written; it has another name until it is whole. Every method blocks. Confined to one task of the disk at a
 * time, except {@link #read}, which may run beside any.
 */
final class PartFile {

    static final String SUFFIX = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);

    /** Most bytes of sound: both sizes in the header are 32 bit. */
    private static final long MAX_SOUND_BYTES = 0xFFFF_FFFFL - WavHeader.BYTES;

    private final Archive archive;
    private final String id;
    private final Path path;
    private @Nullable FileChannel channel;
    private long soundBytes;
    private long takenBytes;
    private boolean published;

    PartFile(Archive archive, String id) {
        this.archive = archive;
        this.id = id;
        this.path = archive.directory().resolve(id + SUFFIX);
    }

    String id() {
        return id;
    }

    /** Adds sound at the end. After a failure the file holds what it held before, and no more may be added. */
    long append(List<ByteBuffer> sound) throws IOException {
        long bytes = sound.stream().mapToLong(ByteBuffer::remaining).sum();
        if (soundBytes + bytes > MAX_SOUND_BYTES) {
            throw new NotKeptException(WholeFile.Why.TOO_LONG, "a WAV file cannot be longer than 4 GiB");
        }
        if (soundBytes + bytes > archive.maxRecordingBytes()) {
            throw new NotKeptException(
                    WholeFile.Why.TOO_LONG,
                    "one recording may take no more than " + archive.maxRecordingBytes() + " bytes");
        }
        FileChannel file = opened();
        take(bytes);
        long position = WavHeader.BYTES + soundBytes;
        for (ByteBuffer buffer : sound) {
            write(file, buffer.duplicate(), position);
            position += buffer.remaining();
        }
        soundBytes += bytes;
        return soundBytes;
    }

    /** Reads so many bytes of sound from a position, in bytes; all of them must have been written. */
    ByteBuffer read(long position, int bytes) throws IOException {
        FileChannel file = channel;
        if (file == null) {
            throw new IOException("nothing was written yet");
        }
        return WavFileReader.read(file, position, bytes);
    }

    /**
     * Makes it a finished file, which is on the disk to the last byte before it gets its name.
     *
     * @param timing content of the file that says where the sentences begin; kept beside it, if that can be done
     */
    ArchivedFile publish(Receipt receipt, @Nullable String requestKey, ByteBuffer timing) throws IOException {
        FileChannel file = opened();
        write(file, WavHeader.ofSamples(soundBytes / PcmFormat.SPEECH.bytesPerFrame()), 0);
        file.force(true);
        ArchivedFile whole = archive.finished(id, soundBytes, writeTiming(timing), receipt, requestKey);
        Sidecar.write(archive.directory(), whole);
        Files.move(path, whole.path(), StandardCopyOption.ATOMIC_MOVE);
        archive.forceDirectory();
        published = true;
        archive.index().add(whole);
        return whole;
    }

    /** Closes the file: nobody reads or writes any more. If it was not published, it is deleted and its quota freed. */
    void close() {
        archive.closeQuietly(channel);
        if (!published) {
            archive.deleteQuietly(path);
            deleteBeside(Sidecar.of(archive.directory(), id));
            deleteBeside(TimingFile.of(archive.directory(), id));
            archive.index().free(takenBytes);
            takenBytes = 0;
        }
    }

    /** Writes where the sentences begin, and returns its bytes; 0 if it cannot be kept. The recording is good without it. */
    private long writeTiming(ByteBuffer content) {
        int bytes = content.remaining();
        if (bytes == 0) {
            return 0;
        }
        Path timing = TimingFile.of(archive.directory(), id);
        long before = takenBytes;
        try {
            take(bytes);
            SmallFile.write(timing, content);
            return bytes;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", id)
                    .addKeyValue("type", e.getClass().getName())
                    .log("the places of sentences were not kept; the recording will be played with one caption");
            deleteBeside(timing);
            archive.index().free(takenBytes - before);
            takenBytes = before;
            return 0;
        }
    }

    private void deleteBeside(Path path) {
        archive.deleteQuietly(SmallFile.partOf(path));
        archive.deleteQuietly(path);
    }

    private FileChannel opened() throws IOException {
        FileChannel file = channel;
        if (file == null) {
            take(ArchivedFile.BYTES_BESIDE);
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
            channel = file;
            write(file, WavHeader.ofUnknownLength(), 0);
        }
        return file;
    }

    private void take(long bytes) throws IOException {
        archive.index().take(bytes);
        takenBytes += bytes;
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
