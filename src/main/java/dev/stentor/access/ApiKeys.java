package dev.stentor.access;

import dev.stentor.usage.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys that are valid: those of the configuration, and those of a file, which may change. Thread-safe: any thread may ask;
 * one thread at a time may read the file.
 */
public final class ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final int MOST = 1_000;

    private final List<ApiKey> configured;
    private final Limits limits;
    private final @Nullable Path file;
    private volatile List<ApiKey> keys;
    private String content = "";

    /**
     * Reads keys. Throws {@link IllegalArgumentException} if one is malformed.
     *
     * @param lines keys of the configuration
     * @param limits limits of the callers whose keys have none of their own
     * @param file more keys, one a line; empty lines and lines that begin with # are left out; null if there is no file
     * @throws IOException if the file cannot be read
     */
    public ApiKeys(List<String> lines, Limits limits, @Nullable Path file) throws IOException {
        this.file = file;
        this.limits = limits;
        configured = lines.stream().map(line -> ApiKey.parse(line, limits)).toList();
        keys = checked(configured);
        if (file != null) {
            read(file);
        }
    }

    /** Reads the file again; keeps the keys that there are if it cannot be read or understood, and says so in the log. */
    public void refresh() {
        if (file == null) {
            return;
        }
        try {
            read(file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log("The file of keys was not taken; the keys before it stay valid.");
        }
    }

    /** Returns the key with that hash. Compares with all of them, so that the time says nothing. */
    Optional<ApiKey> find(SecretHash hash) {
        ApiKey found = null;
        for (ApiKey key : keys) {
            found = key.hash().equals(hash) ? key : found;
        }
        return Optional.ofNullable(found);
    }

    private void read(Path path) throws IOException {
        String now = Files.readString(path);
        if (now.equals(content)) {
            return;
        }
        List<ApiKey> read = new ArrayList<>();
        int number = 0;
        for (String line : now.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                read.add(parse(line, number));
            }
        }
        keys = checked(Stream.concat(configured.stream(), read.stream()).toList());
        content = now;
        LOG.info("{} keys were read from a file.", read.size());
    }

    private ApiKey parse(String line, int number) {
        try {
            return ApiKey.parse(line, limits);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
        }
    }

    private static List<ApiKey> checked(List<ApiKey> keys) {
        if (keys.size() > MOST) {
            throw new IllegalArgumentException("there may be " + MOST + " keys");
        }
        return keys;
    }
}
