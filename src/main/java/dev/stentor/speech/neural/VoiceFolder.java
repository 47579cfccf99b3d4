package dev.stentor.speech.neural;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the files of the voice: plain, or in packages as they were downloaded. What comes out of a package is kept in the folder
 * {@code cache} in it. Every file is compared with its hash before it is used, unless it is the operator's own. All methods block.
 */
final class VoiceFolder {

    private static final String CACHE = "cache";
    private static final String MODEL = "kokoro-v1.0.int8.onnx";
    private static final int KEY_LENGTH = 16;

    private final Path folder;
    private final boolean own;
    private final Map<String, KnownFile> known;

    /** @param own whether plain files are the operator's own, which no hash is known of */
    VoiceFolder(Path folder, boolean own) {
        this(folder, own, KnownFile.all());
    }

    VoiceFolder(Path folder, boolean own, Map<String, KnownFile> known) {
        this.folder = folder;
        this.own = own;
        this.known = known;
    }

    /** Tells whether there is such a folder. */
    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Returns the place of a file that is made and kept, which need not exist. */
    Path made(String name) {
        return folder.resolve(CACHE).resolve(name);
    }

    /** Deletes a file that was made and kept. One that cannot be deleted stays. */
    void discard(String name) {
        try {
            Files.deleteIfExists(made(name));
        } catch (IOException _) {
            // It only takes space.
        }
    }

    /** A graph, and a text that differs between graphs. */
    record Model(Path file, String key) {}

    /** Returns the graph that speaks. */
    Model model() throws UnusableVoice, IOException {
        if (own) {
            List<Path> graphs = graphs();
            if (graphs.size() > 1) {
                throw new UnusableVoice("There is more than one graph in " + folder + ": " + graphs + ".");
            }
            if (graphs.size() == 1) {
                return new Model(graphs.getFirst(), Sha256.of(graphs.getFirst()).substring(0, KEY_LENGTH));
            }
        }
        return new Model(
                find(MODEL).orElseThrow(() -> missing(MODEL)),
                knownFile(MODEL).sha256().substring(0, KEY_LENGTH));
    }

    /** Returns a file. */
    Path file(String name) throws UnusableVoice, IOException {
        return find(name).orElseThrow(() -> missing(name));
    }

    /**
     * Finds a file; empty if neither it nor its package is in the folder.
     *
     * @throws UnusableVoice if it is there, but not as it was published, or cannot be taken out of its package
     */
    Optional<Path> find(String name) throws UnusableVoice, IOException {
        Path plain = folder.resolve(name);
        if (Files.exists(plain)) {
            if (!own && !Sha256.of(plain).equals(knownFile(name).sha256())) {
                throw new UnusableVoice(plain + " is not the file that was published: its SHA-256 is another. If it is "
                        + "your own, set gateway.natural.own-files.");
            }
            return Optional.of(plain);
        }
        KnownFile file = known.get(name);
        if (file == null) {
            return Optional.empty();
        }
        Path kept = kept(file);
        if (Files.exists(kept)) {
            return Optional.of(kept);
        }
        List<KnownFile> parts = file.parts(known);
        boolean made = parts.isEmpty() ? unpack(file.archive()) : join(file, parts);
        return made ? Optional.of(kept) : Optional.empty();
    }

    private boolean join(KnownFile file, List<KnownFile> parts) throws UnusableVoice, IOException {
        var found = new ArrayList<Path>();
        for (KnownFile part : parts) {
            Optional<Path> path = find(part.name());
            if (path.isEmpty()) {
                return false;
            }
            found.add(path.get());
        }
        var _ = FreshFile.make(kept(file), out -> {
            var streams = new ArrayList<InputStream>();
            for (Path path : found) {
                streams.add(Files.newInputStream(path));
            }
            try (var all = new SequenceInputStream(Collections.enumeration(streams))) {
                check(file, Sha256.copied(all, Channels.newOutputStream(out)));
            }
            return true;
        });
        for (KnownFile part : parts) {
            Files.deleteIfExists(kept(part));
        }
        return true;
    }

    /** Takes all known files out of a package. Returns whether the package is there. */
    private boolean unpack(String archive) throws UnusableVoice {
        Path file = folder.resolve(archive);
        if (!Files.exists(file)) {
            return false;
        }
        var wanted = new HashMap<>(KnownFile.in(known, archive));
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            if (archive.endsWith(".tgz")) {
                var entries = new TarEntries(new GZIPInputStream(in));
                for (Optional<String> name = entries.next(); name.isPresent(); name = entries.next()) {
                    keep(wanted.remove(name.get()), entries.bytes());
                }
            } else {
                var zip = new ZipInputStream(in);
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    keep(wanted.remove(entry.getName()), zip);
                }
            }
        } catch (ZipException | EOFException e) {
            throw new UnusableVoice(file + " is damaged: " + e.getMessage() + ". Download it again.", e);
        } catch (IOException e) {
            throw new UnusableVoice(file + " could not be read (" + e + ").", e);
        }
        if (!wanted.isEmpty()) {
            throw new UnusableVoice(
                    file + " is damaged: it lacks " + wanted.keySet().iterator().next() + ". Download it again.");
        }
        return true;
    }

    private void keep(@Nullable KnownFile file, InputStream bytes) throws UnusableVoice, IOException {
        if (file == null || Files.exists(kept(file))) {
            return;
        }
        var _ = FreshFile.make(kept(file), out -> {
            check(file, Sha256.copied(bytes, Channels.newOutputStream(out)));
            return true;
        });
    }

    private static void check(KnownFile file, String hash) throws UnusableVoice {
        if (!hash.equals(file.sha256())) {
            throw new UnusableVoice((file.archive().equals("-") ? file.name() : file.archive())
                    + " is not as it was published: the SHA-256 of " + file.member()
                    + " is another. Download it again.");
        }
    }

    private Path kept(KnownFile file) {
        return made(file.sha256().substring(0, KEY_LENGTH) + "-" + file.name());
    }

    private KnownFile knownFile(String name) throws UnusableVoice {
        KnownFile file = known.get(name);
        if (file == null) {
            throw new UnusableVoice(
                    "No hash is known of " + name + ". If it is your own, set gateway.natural.own-files.");
        }
        return file;
    }

    private UnusableVoice missing(String name) {
        KnownFile file = known.get(name);
        List<String> archives = file == null
                ? List.of()
                : Stream.concat(Stream.of(file), file.parts(known).stream())
                        .map(KnownFile::archive)
                        .filter(archive -> !archive.equals("-") && !Files.exists(folder.resolve(archive)))
                        .toList();
        return new UnusableVoice(
                "The folder " + folder + " lacks " + (archives.isEmpty() ? name : String.join(", ", archives)) + ".");
    }

    private List<Path> graphs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
    }
}
