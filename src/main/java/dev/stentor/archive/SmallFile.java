package dev.stentor.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A small file that is written whole or not at all. Blocks. */
final class SmallFile {

    private SmallFile() {}

    /** Returns the path of a file until it is whole. */
    static Path partOf(Path path) {
        return path.resolveSibling(path.getFileName() + PartFile.SUFFIX);
    }

    /** Writes a file, which is on the disk to the last byte before it gets its name. A file of that name is replaced. */
    static void write(Path path, ByteBuffer content) throws IOException {
        Path part = partOf(path);
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (content.hasRemaining()) {
                var _ = channel.write(content);
            }
            channel.force(true);
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
