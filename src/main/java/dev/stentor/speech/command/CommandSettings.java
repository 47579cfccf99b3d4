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

/**
 * The program that speaks, and its limits.
 *
 * <p>Nothing of a request reaches the program's arguments: where one says {@code {voice}} or {@code {language}}, a value of the maps
 * here takes its place, and never begins with a dash. The text goes to standard input. No shell is involved.
 *
 * @param arguments the program, by its name on the path or by its own path, and what it is told
 * @param format the sound's shape, unless it has a WAV header; then that is believed, except for its sizes
 * @param languages what {@code {language}} stands for, by {@code language_type}; {@value #DEFAULT} for texts whose language nobody
 *     told and nothing shows
 * @param voices what {@code {voice}} stands for, by the voice that is asked for, in any case; {@value #DEFAULT} for all others
 * @param environment what the program finds in its environment besides PATH and LANG
 * @param processes how many may run at once
 * @param waiting how many more requests may wait for one
 * @param timeout how long the program may give nothing although sound is asked for
 * @param longest how long it may run in all
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
