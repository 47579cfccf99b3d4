package dev.stentor.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder, by name. No name leads out of the folder: names are no paths, and links that lead out are ignored.
 * Methods block. Thread-safe.
 */
final class SoundFolder {

    private final @Nullable Path folder;

    /** @param folder null for a folder without files */
    SoundFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Returns the real path of the file of that name; empty if there is none that may be read. */
    Optional<Path> find(SoundName name) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            Path home = folder.toRealPath();
            Path file = home.resolve(name.value()).toRealPath();
            return file.startsWith(home) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Returns the names of the files that may be read, in order. */
    List<SoundName> names() throws IOException {
        List<SoundName> names = new ArrayList<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (SoundName.isValid(name) && find(new SoundName(name)).isPresent()) {
                    names.add(new SoundName(name));
                }
            }
        }
        names.sort((a, b) -> a.value().compareTo(b.value()));
        return names;
    }

    /** Copies a file into the folder under that name, whole or not at all. */
    void put(SoundName name, Path file) throws IOException {
        Path home = Files.createDirectories(required());
        Path part = Files.createTempFile(home, ".", ".part");
        try {
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    part,
                    home.resolve(name.value()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes the file of that name; returns false if there is none. */
    boolean remove(SoundName name) throws IOException {
        if (find(name).isEmpty()) {
            return false;
        }
        Files.delete(required().resolve(name.value()));
        return true;
    }

    private Path required() throws IOException {
        if (folder == null) {
            throw new NoSuchFileException("there is no folder");
        }
        return folder;
    }
}
