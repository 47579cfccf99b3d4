package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The name by which other gateways know an archive. It lies in the folder, and so outlives its process. */
public final class ArchiveName {

    private static final String FILE = "archive.name";

    private ArchiveName() {}

    /**
     * Reads the name of a folder's archive, which is made the first time. Blocks.
     *
     * @param ids gives names as in {@link ArchivedFile#ID}; unique for ever
     * @throws IOException if it cannot be read or written, or is none; the message says which file
     */
    public static String in(Path directory, Supplier<String> ids) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            SmallFile.write(file, US_ASCII.encode(ids.get() + "\n"));
        }
        String name = Files.readString(file, US_ASCII).strip();
        if (!ArchivedFile.ID.matcher(name).matches()) {
            throw new IOException(
                    file + " holds no name; delete it to have one made, which ends the addresses that other"
                            + " gateways are asked for");
        }
        return name;
    }
}
