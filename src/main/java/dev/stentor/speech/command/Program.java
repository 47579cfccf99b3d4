package dev.stentor.speech.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program on this machine. It is started without a shell, and gets no more of the gateway's environment than it needs. */
final class Program {

    private static final String UTF_8_EVERYWHERE = "C.UTF-8";

    private final Path executable;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final String path;
    private final String language;

    /**
     * Looks the program up.
     *
     * @param surroundings the gateway's own environment: its PATH and its LANG are passed on, the rest, which may hold keys, is not
     * @throws IllegalArgumentException if there is no such program
     */
    Program(CommandSettings settings, Map<String, String> surroundings) {
        this.path = surroundings.getOrDefault("PATH", "");
        this.language = surroundings.getOrDefault("LANG", UTF_8_EVERYWHERE);
        this.arguments = settings.arguments();
        this.environment = settings.environment();
        this.executable = found(arguments.getFirst(), path)
                .orElseThrow(() -> new IllegalArgumentException("There is no program \"" + arguments.getFirst()
                        + "\" that can be run: neither is it such a file, nor is it on the PATH of the gateway."));
    }

    /** Starts the program; a value is null if no argument uses it. Blocks while the system makes the process. */
    Process start(@Nullable String voice, @Nullable String language) throws IOException {
        List<String> filled = arguments.stream()
                .skip(1)
                .map(argument -> filled(argument, CommandSettings.VOICE, voice))
                .map(argument -> filled(argument, CommandSettings.LANGUAGE, language))
                .toList();
        var builder = new ProcessBuilder(
                Stream.concat(Stream.of(executable.toString()), filled.stream()).toList());
        Map<String, String> given = builder.environment();
        given.clear();
        given.put("PATH", path);
        given.put("LANG", this.language);
        given.putAll(environment);
        return builder.start();
    }

    private static String filled(String argument, String placeholder, @Nullable String value) {
        return value == null ? argument : argument.replace(placeholder, value);
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
