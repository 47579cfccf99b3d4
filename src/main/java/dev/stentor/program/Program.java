package dev.stentor.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program on this machine. It is started without a shell, and gets no more of the gateway's environment than it needs. */
public final class Program {

    private static final String UTF_8_EVERYWHERE = "C.UTF-8";

    private final Path executable;
    private final Map<String, String> environment;
    private final String path;
    private final String language;

    /**
     * Looks the program up.
     *
     * @param name its name on the path, or its own path
     * @param environment variables of its environment besides PATH and LANG
     * @param surroundings the gateway's own environment: its PATH and its LANG are passed on, the rest, which may hold keys, is not
     * @throws IllegalArgumentException if there is no such program
     */
    public Program(String name, Map<String, String> environment, Map<String, String> surroundings) {
        this.path = surroundings.getOrDefault("PATH", "");
        this.language = surroundings.getOrDefault("LANG", UTF_8_EVERYWHERE);
        this.environment = Map.copyOf(environment);
        this.executable = found(name, path)
                .orElseThrow(() -> new IllegalArgumentException("There is no program \"" + name
                        + "\" that can be run: neither is it such a file, nor is it on the PATH of the gateway."));
    }

    /** Starts the program with these arguments. Blocks while the system makes the process. */
    public Process start(List<String> arguments) throws IOException {
        var builder = new ProcessBuilder(Stream.concat(Stream.of(executable.toString()), arguments.stream())
                .toList());
        Map<String, String> given = builder.environment();
        given.clear();
        given.put("PATH", path);
        given.put("LANG", language);
        given.putAll(environment);
        return builder.start();
    }

    private static Optional<Path> found(String name, String path) {
        try {
            Path direct = Path.of(name);
            if (direct.getNameCount() > 1 || direct.isAbsolute()) {
                return Optional.of(direct.toAbsolutePath()).filter(Program::canRun);
            }
            return Stream.of(path.split(File.pathSeparator, -1))
                    .filter(folder -> !folder.isEmpty())
                    .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                    .filter(Program::canRun)
                    .findFirst();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static boolean canRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
