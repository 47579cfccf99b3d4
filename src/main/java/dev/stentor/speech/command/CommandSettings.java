package dev.stentor.speech.command;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.Resampler;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program that speaks, and its limits.
 *
 * <p>No part of a request reaches the program's arguments. A value of the maps here replaces {@code {voice}} and {@code
 * {language}}, and never begins with a dash. The text goes to standard input. No shell is involved.
 *
 * @param arguments the program, by its name on the path or by its own path, and its arguments
 * @param format format of the sound, unless it has a WAV header; then the header counts, except for its sizes
 * @param languages values for {@code {language}}, by {@code language_type}; {@value #DEFAULT} for texts whose language is neither
 *     given nor visible from the letters
 * @param voices values for {@code {voice}}, by the requested voice, upper or lower case; {@value #DEFAULT} for all others
 * @param environment variables of the program's environment besides PATH and LANG
 * @param processes most processes at once
 * @param waiting most requests that wait for a process
 * @param timeout longest time in which the program may give nothing although sound is requested
 * @param longest longest time that the program may run
 */
public record CommandSettings(
        List<String> arguments,
        PcmFormat format,
        Map<String, String> languages,
        Map<String, String> voices,
        Map<String, String> environment,
        int processes,
        int waiting,
        Duration timeout,
        Duration longest) {

    /** Name of the default in the maps. */
    static final String DEFAULT = "default";

    static final String VOICE = "{voice}";
    static final String LANGUAGE = "{language}";

    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N}_./~][\\p{L}\\p{N}_./~+:@,=() -]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

    public CommandSettings {
        arguments = List.copyOf(arguments);
        languages = caseless(languages);
        voices = caseless(voices);
        environment = Map.copyOf(environment);
        require(!arguments.isEmpty() && !arguments.getFirst().isBlank(), "arguments must begin with a program");
        require(arguments.stream().noneMatch(argument -> argument.indexOf('\0') >= 0), "arguments must not hold NUL");
        requirePlaceholders(arguments);
        Stream.of(languages, voices)
                .flatMap(map -> map.entrySet().stream())
                .forEach(entry -> require(
                        VALUE.matcher(entry.getValue()).matches(),
                        "the value of \"" + entry.getKey()
                                + "\" must be letters, digits and signs as in a file's name, and not begin"
                                + " with a dash, was \"" + entry.getValue() + "\""));
        require(
                !voices.isEmpty() || arguments.stream().noneMatch(argument -> argument.contains(VOICE)),
                "voices must tell what {voice} stands for");
        require(
                !languages.isEmpty() || arguments.stream().noneMatch(argument -> argument.contains(LANGUAGE)),
                "languages must tell what {language} stands for");
        require(
                Resampler.RATES_HZ.contains(format.sampleRateHz()),
                "rate must be one of " + Resampler.RATES_HZ + ", was " + format.sampleRateHz());
        require(processes > 0, "processes must be positive, was " + processes);
        require(waiting > 0, "waiting must be positive, was " + waiting);
        require(timeout.isPositive(), "timeout must be positive, was " + timeout);
        require(longest.isPositive(), "longest must be positive, was " + longest);
    }

    /** Returns the program's name without its folder. */
    String program() {
        String path = arguments.getFirst();
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Returns the arguments behind the program's name with these values; a value is null if no argument uses it. */
    List<String> filled(@Nullable String voice, @Nullable String language) {
        return arguments.stream()
                .skip(1)
                .map(argument -> filled(argument, VOICE, voice))
                .map(argument -> filled(argument, LANGUAGE, language))
                .toList();
    }

    private static String filled(String argument, String placeholder, @Nullable String value) {
        return value == null ? argument : argument.replace(placeholder, value);
    }

    private static void requirePlaceholders(List<String> arguments) {
        arguments.stream()
                .flatMap(argument -> PLACEHOLDER.matcher(argument).results())
                .map(match -> match.group())
                .forEach(name -> require(
                        name.equals(VOICE) || name.equals(LANGUAGE),
                        "arguments may hold {voice} and {language}, not " + name));
        String program = arguments.getFirst();
        require(!PLACEHOLDER.matcher(program).find(), "the program itself must be named outright");
    }

    private static Map<String, String> caseless(Map<String, String> map) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(map);
        return Collections.unmodifiableMap(sorted);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
