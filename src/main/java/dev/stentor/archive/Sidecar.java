package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A file beside a WAV file that describes it. It never holds the text, nor anything that the text could be read from. Blocks. */
final class Sidecar {

    static final String SUFFIX = ".properties";

    private Sidecar() {}

    static Path of(Path directory, String id) {
        return directory.resolve(id + SUFFIX);
    }

    /** Writes it whole or not at all. */
    static void write(Path directory, ArchivedFile file) throws IOException {
        var properties = new Properties();
        properties.setProperty("samples", Long.toString(file.samples()));
        properties.setProperty("characters", Long.toString(file.characters()));
        properties.setProperty("request-id", file.requestId());
        properties.setProperty("created", file.created().toString());
        properties.setProperty("linked", file.linked().toString());
        properties.setProperty("expires", file.expires().toString());
        String key = file.requestKey();
        if (key != null) {
            properties.setProperty("request-key", key);
        }
        var text = new StringWriter();
        properties.store(text, null);
        SmallFile.write(of(directory, file.id()), UTF_8.encode(text.toString()));
    }

    /** Reads the description of a WAV file; empty if it cannot be read, or if there is no WAV file of that length. */
    static Optional<ArchivedFile> read(Path directory, String id) throws IOException {
        Path wav = directory.resolve(id + ArchivedFile.WAV);
        Path sidecar = of(directory, id);
        if (!Files.isRegularFile(sidecar) || !Files.isRegularFile(wav)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(sidecar, UTF_8)) {
            properties.load(reader);
            String created = required(properties, "created");
            var file = new ArchivedFile(
                    id,
                    wav,
                    Long.parseLong(required(properties, "samples")),
                    TimingFile.bytes(directory, id),
                    Long.parseLong(required(properties, "characters")),
                    required(properties, "request-id"),
                    Instant.parse(created),
                    // Archives of earlier versions do not tell.
                    Instant.parse(properties.getProperty("linked", created)),
                    Instant.parse(required(properties, "expires")),
                    properties.getProperty("request-key"));
            return Files.size(wav) == file.bytes() ? Optional.of(file) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static String required(Properties properties, String name) {
        @Nullable String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
