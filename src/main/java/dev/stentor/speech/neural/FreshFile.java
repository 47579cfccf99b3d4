package dev.stentor.speech.neural;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/** A file that has its name only when it is whole: it is written under another one, which is taken away if that fails. */
final class FreshFile {

    private FreshFile() {}

    /** Writes the content of a file. */
    interface Content {

        /** Writes all of it. Returns whether the file is to be kept. */
        boolean write(FileChannel out) throws IOException, UnusableVoice;
    }

    /**
     * Makes a file, and its folder. A file that is there is replaced.
     *
     * @return whether it was kept
     * @throws UnusableVoice if it cannot be written; then nothing of it is left
     * @throws IOException if an archive that it comes from is damaged
     */
    static boolean make(Path file, Content content) throws UnusableVoice, IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.createDirectories(folder);
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                if (!content.write(out)) {
                    return false;
                }
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (ZipException | EOFException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableVoice("The file " + file + " could not be written (" + e + ").", e);
        } finally {
            discard(part);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException _) {
            // It is in nobody's way: the next attempt writes it anew.
        }
    }
}
