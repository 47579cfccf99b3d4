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
 * A local program that speaks what the embedded voice cannot, under {@code gateway.command}.
 *
 * @param arguments the program and what it is told, without a shell; {@code {voice}} and {@code {language}} stand for values of the
 *     maps; default none, which means no program
 * @param format of its output: a WAV header is believed in either case; default wav
 * @param rate of its output without a header, in Hz; default 22,050
 * @param processes how many may run at once; 16 times as many requests may wait; default 2
 * @param timeout how long it may give nothing although sound is asked for; default 20 s
 * @param longest how long it may run for one text; default 1 h
 * @param languages what {@code {language}} stands for by {@code language_type}, and for {@code default}
 * @param voices what {@code {voice}} stands for by name, and for {@code default}
 * @param environment what it finds in its environment besides PATH and LANG
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

    /** What the program writes. */
    enum Format {
        /** A WAV header, and 16-bit samples. */
        WAV,
        /** Bare samples, mono, 16-bit, little-endian. */
        PCM
    }

    /** Whether there is a program at all. */
    boolean isNamed() {
        return !arguments.isEmpty();
    }

    /**
     * The engine; {@code standIns} are voices for which it speaks in its default.
     *
     * @throws InvalidConfigurationPropertyValueException if something here is wrong, or there is no such program
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

    /** Tells its sound from that of a program that is told otherwise; may hold keys, and is for hashing only. */
    String origin() {
        var maps = Stream.of(languages, voices, environment).map(TreeMap::new).toList();
        return isNamed() ? arguments + format.name() + rate + maps : "";
    }

    /** Never shows the environment: it may hold a key. */
    @Override
    public String toString() {
        return "CommandProperties[arguments=" + arguments + "]";
    }
}
