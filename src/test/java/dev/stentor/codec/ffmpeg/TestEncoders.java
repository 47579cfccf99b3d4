package dev.stentor.codec.ffmpeg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/** Encoders with {@link EncodingProgram} behind them. */
public final class TestEncoders {

    private TestEncoders() {}

    /**
     * Creates an encoder.
     *
     * @param what what the program does
     */
    public static AacEncoder of(String what, int processes, Scheduler timer) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var settings = new AacSettings(java, 64_000, processes, Duration.ofSeconds(20), Duration.ofMinutes(10));
        String classes = EncodingProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        var arguments = List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classes, EncodingProgram.class.getName(), what);
        return new AacEncoder(settings, arguments, timer);
    }
}
