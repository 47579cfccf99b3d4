package dev.stentor.speech.command;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.SpeechRequest;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Engines with {@link SpeakingProgram} behind them, run by the JDK that runs the tests. */
final class Stage {

    /** Longest wait of a test. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    static final SpeechRequest REQUEST = SpeechRequest.of("A second of sound.");
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(10);
    static final PcmFormat MONO_22 = new PcmFormat(22_050, 1, 16);

    private Stage() {}

    static CommandEngine engine(String... arguments) {
        return engine(Schedulers.parallel(), settings(MONO_22, arguments));
    }

    static CommandEngine engine(Scheduler timer, CommandSettings settings) {
        return new CommandEngine(settings, Set.of("Cherry"), timer, () -> "our-id");
    }

    static CommandSettings settings(PcmFormat format, String... arguments) {
        return settings(format, 2, 4, arguments);
    }

    static CommandSettings settings(PcmFormat format, int processes, int waiting, String... arguments) {
        return new CommandSettings(
                command(arguments),
                format,
                Map.of("Chinese", "cmn", "english", "en-us"),
                Map.of("default", "plain", "Ada", "f2"),
                Map.of("GREETING", "hello"),
                processes,
                waiting,
                TIMEOUT,
                LONGEST);
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classes(),
                SpeakingProgram.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classes() {
        try {
            return Path.of(SpeakingProgram.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
