package dev.stentor.speech.neural;

import dev.stentor.speech.TableResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file of the voice as it was published.
 *
 * @param name name under which it may lie in the folder
 * @param sha256 its hash, in hexadecimal digits
 * @param archive package that it comes in; {@code -} if it is put together of parts
 * @param member its name in that package
 */
record KnownFile(String name, String sha256, String archive, String member) {

    private static final Map<String, KnownFile> ALL = TableResource.read(KnownFile.class, "files.tsv", 4).stream()
            .map(row -> new KnownFile(row.get(0), row.get(1), row.get(2), row.get(3)))
            .collect(Collectors.toUnmodifiableMap(KnownFile::name, Function.identity()));

    /** Returns the files by name. */
    static Map<String, KnownFile> all() {
        return ALL;
    }

    /** Returns the files of a package, by their names in it. */
    static Map<String, KnownFile> in(Map<String, KnownFile> files, String archive) {
        return files.values().stream()
                .filter(file -> file.archive().equals(archive))
                .collect(Collectors.toMap(KnownFile::member, Function.identity()));
    }

    /** Returns the parts of a file, in order; none if it is whole. */
    List<KnownFile> parts(Map<String, KnownFile> files) {
        return files.values().stream()
                .filter(file -> file.name().startsWith(name + ".part"))
                .sorted(Comparator.comparing(KnownFile::name))
                .toList();
    }
}
