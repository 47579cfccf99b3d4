package dev.stentor.app;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.command.CommandEngine;
import dev.stentor.speech.command.CommandSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import reactor.core.scheduler.Schedulers;

/**
 * Settings of a local program that speaks the languages that the embedded voice does not, under {@code gateway.command}.
 *
 * @param arguments the program and its arguments, run without a shell; {@code {voice}} and {@code {language}} are replaced by
 *     values of the maps; default empty, which means no program
 * @param format format of its output; a WAV header is respected in either case; default wav
 * @param rate sample rate of its output if it has no header, in Hz; default 22,050
 * @param processes largest number of processes at once; 16 times as many requests may wait; default 2
 * @param timeout longest time without output although sound is requested; default 20 s
 * @param longest longest run time for one text; default 1 h
 * @param languages values of {@code {language}} by {@code language_type}; the key {@code default} covers all others; default
 *     empty
 * @param voices values of {@code {voice}} by the voice's name; the key {@code default} covers all others; default empty
 * @param environment environment variables besides PATH and LANG; default empty
 */
record CommandProperties(
        @DefaultValue List<String> arguments,
        @DefaultValue("wav") Format format,
        @DefaultValue("22050") int rate,
        @DefaultValue("2") int processes,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("1h") Duration longest,
        @DefaultValue Map<String, String> languages,
        @DefaultValue Map<String, String> voices,
        @DefaultValue Map<String, String> environment) {

    private static final int WAITING_PER_PROCESS = 16;

    /** The format of the program's output. */
    enum Format {
        /** A WAV header, and 16-bit samples. */
        WAV,
        /** Samples without a header: mono, 16-bit, little-endian. */
        PCM
    }

    /** Tells whether a program is configured. */
    boolean isNamed() {
        return !arguments.isEmpty();
    }

    /**
     * Creates the engine.
     *
     * @param standIns names of voices that the program does not have; for them it speaks in its default voice
     * @throws InvalidConfigurationPropertyValueException if a value is invalid, or the program does not exist
     */
    CommandEngine engine(Set<String> standIns, Supplier<String> requestIds) {
        try {
            var settings = new CommandSettings(
                    arguments,
                    new PcmFormat(rate, 1, Short.SIZE),
                    languages,
                    voices,
                    environment,
                    processes,
                    processes * WAITING_PER_PROCESS,
                    timeout,
                    longest);
            return new CommandEngine(settings, standIns, Schedulers.parallel(), requestIds);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfigurationPropertyValueException(
                    "gateway.command", String.join(" ", arguments), wrong.getMessage());
        }
    }

    /**
     * Returns a text that differs between programs whose settings differ, and so their sound. It may contain keys and is only for
     * hashing. Empty if there is no program.
     */
    String origin() {
        var maps = Stream.of(languages, voices, environment).map(TreeMap::new).toList();
        return isNamed() ? arguments + format.name() + rate + maps : "";
    }

    /** Returns the arguments only, because the environment may contain a key. */
    @Override
    public String toString() {
        return "CommandProperties[arguments=" + arguments + "]";
    }
}
