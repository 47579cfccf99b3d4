package dev.stentor.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of counts to which lines are appended, each with characters to be added to a row: day, account, model, upstream, paid, shared
 * and unheard characters, with tabs between. The first line has the version. Blocks; used by one thread at a time.
 */
final class JournalFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final String NAME = "stentor-usage ";
    private static final String VERSION = NAME + "1";
    private static final long MOST_BYTES = 256L << 20;
    private static final int FIELDS = 7;

    private final Path path;
    private final FileChannel lock;
    private final List<UsageRow> rows = new ArrayList<>();
    private FileChannel file;
    private long bytes;
    private long compactBytes;

    private JournalFile(Path path, FileChannel lock, FileChannel file) {
        this.path = path;
        this.lock = lock;
        this.file = file;
    }

    /** Opens the file, and makes it if there is none. Fails, and has changed nothing then, if it is no journal of this version. */
    static JournalFile open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel lock = locked(path.resolveSibling(path.getFileName() + ".lock"));
        try {
            var opened = new JournalFile(
                    path,
                    lock,
                    FileChannel.open(
                            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
            try {
                opened.read();
            } catch (IOException | RuntimeException e) {
                opened.file.close();
                throw e;
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel lock = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException _) { // this process has it itself
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        lock.close();
        throw new IOException("another gateway writes to it");
    }

    /** Returns the lines that were read when it was opened. */
    List<UsageRow> rows() {
        return List.copyOf(rows);
    }

    /** Tells whether it has grown so much that it is worth being written anew. */
    boolean isLong() {
        return bytes > Math.max(1 << 20, 4 * compactBytes);
    }

    /** Appends a line for each row, all or none of them, and waits until the disk has them. */
    void append(Collection<UsageRow> more) throws IOException {
        ByteBuffer lines = encoded(more);
        int length = lines.remaining();
        file.truncate(bytes); // a write that failed may have left half of a line
        var _ = writeAt(file, bytes, lines);
        file.force(false);
        bytes += length;
    }

    /** Writes the file anew with these rows alone; it is the old one or the new one at any time. */
    void rewrite(Collection<UsageRow> all) throws IOException {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        FileChannel anew = FileChannel.open(
                part,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        try {
            long written = writeAt(anew, 0, UTF_8.encode(VERSION + "\n"));
            written += writeAt(anew, written, encoded(all));
            anew.force(true);
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            file.close();
            file = anew;
            bytes = written;
            compactBytes = written;
        } catch (IOException e) {
            anew.close();
            Files.deleteIfExists(part);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            file.close();
        }
    }

    private void read() throws IOException {
        byte[] all = content();
        int whole = all.length;
        while (whole > 0 && all[whole - 1] != '\n') {
            whole--;
        }
        List<String> lines = new String(all, 0, whole, UTF_8).lines().toList();
        if (lines.isEmpty()) {
            begin(all);
            return;
        }
        if (!lines.getFirst().equals(VERSION)) {
            throw new IOException(
                    lines.getFirst().startsWith(NAME)
                            ? "it has another version than this gateway knows"
                            : "it is not a file of usage");
        }
        int damaged = 0;
        for (String line : lines.subList(1, lines.size())) {
            Optional<UsageRow> row = decoded(line);
            row.ifPresent(rows::add);
            damaged += row.isPresent() ? 0 : 1;
        }
        if (damaged > 0) {
            Path copy = path.resolveSibling(path.getFileName() + ".damaged");
            Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            LOG.atError()
                    .addKeyValue("lines", damaged)
                    .addKeyValue("copy", copy.getFileName())
                    .log("Lines of the file of usage are damaged and were left out; a copy of the file was kept.");
        }
        if (whole < all.length) {
            LOG.warn("The last line of the file of usage broke off, and was left out: the gateway was killed.");
        }
        file.truncate(whole);
        bytes = whole;
    }

    /** Begins an empty file, or one whose first line broke off. */
    private void begin(byte[] beginning) throws IOException {
        byte[] wanted = (VERSION + "\n").getBytes(UTF_8);
        if (!Arrays.equals(beginning, Arrays.copyOf(wanted, Math.min(beginning.length, wanted.length)))) {
            throw new IOException("it is not a file of usage");
        }
        file.truncate(0);
        bytes = writeAt(file, 0, ByteBuffer.wrap(wanted));
    }

    private byte[] content() throws IOException {
        long size = file.size();
        if (size > MOST_BYTES) {
            throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MB");
        }
        ByteBuffer content = ByteBuffer.allocate((int) size);
        while (content.hasRemaining() && file.read(content, content.position()) >= 0) {
            // goes on until all is read
        }
        return Arrays.copyOf(content.array(), content.position());
    }

    private static long writeAt(FileChannel file, long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
        return at - position;
    }

    private static ByteBuffer encoded(Collection<UsageRow> rows) {
        return UTF_8.encode(rows.stream().map(JournalFile::encoded).collect(Collectors.joining()));
    }

    private static String encoded(UsageRow row) {
        Characters counts = row.characters();
        return String.join(
                        "\t",
                        row.day().toString(),
                        row.account(),
                        row.service().model(),
                        row.service().upstream(),
                        Long.toString(counts.paid()),
                        Long.toString(counts.shared()),
                        Long.toString(counts.unheard()))
                + "\n";
    }

    private static Optional<UsageRow> decoded(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UsageRow(
                    LocalDate.parse(fields[0]),
                    fields[1],
                    new Service(fields[2], fields[3]),
                    new Characters(count(fields[4]), count(fields[5]), count(fields[6]))));
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static long count(String digits) {
        return Long.parseUnsignedLong(digits) & Long.MAX_VALUE;
    }
}
